/** Ways to make an S with as many nonzeros as a learned one: random in four ways, each keeping more of its order. */
import type { RandomStream } from "../../models/random.ts";
import { fixedDegreeSigns, iidSigns, rowSigns, type SignMatrixSize } from "./null_models.ts";
import { type SignMatrix, signMatrix } from "../signs/sign_matrix.ts";

/** The designs by name, from nothing kept to everything levelled. See {@linkcode randomGraphTests}. */
export const signDesigns = {
  /** Every entry and every sign independent. */
  random: (learned: SignMatrix, random: RandomStream): SignMatrix => iidSigns(learned, random),
  /** The same with one sign for each neuron. */
  rowSign: (learned: SignMatrix, random: RandomStream): SignMatrix => rowSigns(learned, random),
  /** The learned degrees of features and neurons, otherwise random. */
  fixedDegree: (learned: SignMatrix, random: RandomStream): SignMatrix => fixedDegreeSigns(learned, random),
  /** Equal degrees and small overlaps. */
  regular: (learned: SignMatrix, random: RandomStream): SignMatrix => regularSigns(learned, random),
};

/** The name of a design. */
export type SignDesign = keyof typeof signDesigns;

/**
 * A regular, balanced S: the degrees of any two features, and of any two neurons, differ by one at most, and the overlaps
 * w_{ii'} = Σ_j S_ij S_i'j of the features are made small.
 *
 * From a random S with these degrees a search at zero temperature goes down in the interference Σ_{i<i'} w², by flips of
 * one sign and by swaps of two edges with fresh signs. With d features of degree r on h neurons the interference is
 * d² r² / 2h in the mean over independent entries, and never less than d r² (d/h − 1) / 2 (Welch, IEEE Trans. Inf.
 * Theory 20, 1974). Features that share two neurons with opposite sign products have w = 0: such 4-cycles abound here.
 *
 * @param size number of features, neurons and nonzeros
 * @param random where the start and the moves come from
 * @param attemptsPerEdge attempted moves for each nonzero; default 200, after which few are accepted
 * @throws {RangeError} if there are more nonzeros than entries
 */
export function regularSigns(size: SignMatrixSize, random: RandomStream, attemptsPerEdge = 200): SignMatrix {
  const { features, hidden, edges } = size;
  const { entries, nonzeros } = levelSigns(size, random);
  const featuresOf: number[][] = Array.from({ length: hidden }, () => []);
  const overlaps = new Int16Array(features * features);

  /** Adds an edge or takes it away; returns what the interference gains. */
  function apply({ feature, neuron, sign, direction }: EdgeChange): number {
    const others = featuresOf[neuron];
    if (direction === -1) others.splice(others.indexOf(feature), 1);
    let gained = 0;
    for (const other of others) {
      const before = overlaps[feature * features + other];
      const after = before + direction * sign * entries[other * hidden + neuron];
      gained += after ** 2 - before ** 2;
      overlaps[feature * features + other] = overlaps[other * features + feature] = after;
    }
    if (direction === 1) others.push(feature);
    entries[feature * hidden + neuron] = direction === 1 ? sign : 0;
    return gained;
  }

  /** Makes the changes unless they add interference; says whether they were made. */
  function attempt(changes: readonly EdgeChange[]): boolean {
    const gained = changes.reduce((sum, change) => sum + apply(change), 0);
    if (gained <= 0) return true;
    for (const { direction, ...edge } of changes.toReversed()) apply({ ...edge, direction: direction === 1 ? -1 : 1 });
    return false;
  }

  const edgeAt = (entry: number) => ({
    feature: Math.floor(entry / hidden),
    neuron: entry % hidden,
    sign: entries[entry],
  });
  for (const entry of nonzeros) apply({ ...edgeAt(entry), direction: 1 });
  for (let left = attemptsPerEdge * edges; left > 0; left--) {
    const first = random.integer(edges);
    const edge = edgeAt(nonzeros[first]);
    if (random.uniform() < 0.5) {
      attempt([{ ...edge, direction: -1 }, { ...edge, sign: -edge.sign, direction: 1 }]);
      continue;
    }
    const second = random.integer(edges);
    const other = edgeAt(nonzeros[second]);
    const crossed = edge.feature * hidden + other.neuron;
    const crossedOther = other.feature * hidden + edge.neuron;
    if (entries[crossed] !== 0 || entries[crossedOther] !== 0) continue;
    const moved = attempt([
      { ...edge, direction: -1 },
      { ...other, direction: -1 },
      { feature: edge.feature, neuron: other.neuron, sign: fairSign(random), direction: 1 },
      { feature: other.feature, neuron: edge.neuron, sign: fairSign(random), direction: 1 },
    ]);
    if (moved) [nonzeros[first], nonzeros[second]] = [crossed, crossedOther];
  }
  return signMatrix(features, hidden, entries);
}

/** An edge that comes (1) or goes (−1). */
interface EdgeChange {
  readonly feature: number;
  readonly neuron: number;
  readonly sign: number;
  readonly direction: 1 | -1;
}

/** A random S with level degrees: the features, in random order, take the neurons that serve fewest so far. */
function levelSigns({ features, hidden, edges }: SignMatrixSize, random: RandomStream) {
  if (edges > features * hidden) {
    throw new RangeError(`S has ${features * hidden} entries, so it cannot have ${edges} nonzeros.`);
  }
  const entries = new Int8Array(features * hidden);
  const nonzeros: number[] = [];
  const load = new Float64Array(hidden);
  const inRandomOrder = (count: number) =>
    Array.from({ length: count }, (_, item) => ({ item, key: random.uniform() })).sort((a, b) => a.key - b.key);
  inRandomOrder(features).forEach(({ item: feature }, rank) => {
    const degree = Math.floor(edges / features) + (rank < edges % features ? 1 : 0);
    const leastLoaded = inRandomOrder(hidden).sort((a, b) => load[a.item] - load[b.item]).slice(0, degree);
    for (const { item: neuron } of leastLoaded) {
      load[neuron]++;
      entries[feature * hidden + neuron] = fairSign(random);
      nonzeros.push(feature * hidden + neuron);
    }
  });
  return { entries, nonzeros };
}

function fairSign(random: RandomStream): -1 | 1 {
  return random.uniform() < 0.5 ? -1 : 1;
}
