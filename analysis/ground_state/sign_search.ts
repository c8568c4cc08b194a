/** A search for the S of least energy: moves of one or two entries, accepted by Metropolis' rule while the temperature falls. */
import type { RandomStream } from "../../models/random.ts";
import { type SignChange, signEnergy } from "./sign_energy.ts";
import type { SignProblem } from "./second_moments.ts";

/** How S may change. */
export const moveKinds = ["flip", "birth", "death", "shift", "swap"] as const;

/** A nonzero changes its sign; comes; goes; moves to another neuron or feature; two nonzeros exchange their neurons. */
export type MoveKind = (typeof moveKinds)[number];

/** What the search made of one kind of move. */
export interface MoveCount {
  readonly tried: number;
  readonly accepted: number;
}

/** How long and how hot a search is. */
export interface SearchOptions {
  /** Moves that are tried. */
  readonly moves: number;
  /** First and last temperature, in units of the objective; between them it falls geometrically. */
  readonly temperatures: readonly [number, number];
  /** Where the moves come from. */
  readonly random: RandomStream;
  /** Told how far the search is, a hundred times. @default nobody */
  readonly onProgress?: (share: number, energy: number) => void;
}

/** The end of a search. */
export interface SignSearch {
  /** S where the search ended, feature-major. */
  readonly entries: Int8Array;
  /** Its energy before and after. */
  readonly before: number;
  readonly after: number;
  /** The energy a hundred times on the way. */
  readonly trace: readonly number[];
  /** By kind of move. */
  readonly moves: Readonly<Record<MoveKind, MoveCount>>;
}

/** How often the energy is written down. */
const TRACE_POINTS = 100;

/**
 * Searches from a given S at a given amplitude.
 *
 * Births and deaths are tried equally often, though there are many more zeros than nonzeros: what is looked for is a low
 * energy, not a sample of an ensemble.
 */
export function searchSigns(
  problem: SignProblem,
  start: Int8Array,
  amplitude: number,
  { moves, temperatures: [hot, cold], random, onProgress }: SearchOptions,
): SignSearch {
  const signs = signEnergy(problem, start, amplitude);
  const edges = edgeList(signs.entries);
  const counts = Object.fromEntries(moveKinds.map((kind) => [kind, { tried: 0, accepted: 0 }])) as Record<
    MoveKind,
    { tried: number; accepted: number }
  >;
  const before = signs.energy();
  let energy = before;
  const trace = [before];
  for (let move = 0; move < moves; move++) {
    const temperature = hot * (cold / hot) ** (move / moves);
    const kind = moveKinds[random.integer(moveKinds.length)];
    const changes = proposal(kind, problem, signs.entries, edges, random);
    if (changes !== undefined) {
      const undo = changes.map(({ feature, neuron }) => ({
        feature,
        neuron,
        sign: signs.entries[feature * problem.hidden + neuron],
      }));
      signs.change(changes);
      const proposed = signs.energy();
      counts[kind].tried++;
      if (proposed <= energy || random.uniform() < Math.exp((energy - proposed) / temperature)) {
        counts[kind].accepted++;
        energy = proposed;
        for (const { feature, neuron, sign } of changes) edges.set(feature * problem.hidden + neuron, sign !== 0);
      } else signs.change(undo);
    }
    if (Math.floor((move + 1) * TRACE_POINTS / moves) > trace.length - 1) {
      trace.push(energy);
      onProgress?.((move + 1) / moves, energy);
    }
  }
  return { entries: signs.entries.slice(), before, after: energy, trace, moves: counts };
}

/** The nonzeros of S, of which any can be drawn and removed at once. */
interface EdgeList {
  readonly length: number;
  at(index: number): number;
  set(entry: number, present: boolean): void;
}

function edgeList(entries: Int8Array): EdgeList {
  const list: number[] = [];
  const placeOf = new Map<number, number>();
  const edges: EdgeList = {
    get length() {
      return list.length;
    },
    at: (index) => list[index],
    set(entry, present) {
      const place = placeOf.get(entry);
      if ((place !== undefined) === present) return;
      if (place === undefined) {
        placeOf.set(entry, list.length);
        list.push(entry);
        return;
      }
      const last = list.pop()!;
      placeOf.delete(entry);
      if (last === entry) return;
      list[place] = last;
      placeOf.set(last, place);
    },
  };
  entries.forEach((sign, entry) => edges.set(entry, sign !== 0));
  return edges;
}

/** The changes of a random move; undefined where this one is none, as a swap of edges that meet. */
function proposal(
  kind: MoveKind,
  { features, hidden }: SignProblem,
  entries: Int8Array,
  edges: EdgeList,
  random: RandomStream,
): SignChange[] | undefined {
  const fairSign = () => random.uniform() < 0.5 ? -1 : 1;
  const change = (feature: number, neuron: number, sign: number): SignChange => ({ feature, neuron, sign });
  if (kind === "birth") {
    const [feature, neuron] = [random.integer(features), random.integer(hidden)];
    return entries[feature * hidden + neuron] === 0 ? [change(feature, neuron, fairSign())] : undefined;
  }
  if (edges.length < 2) return undefined;
  const entry = edges.at(random.integer(edges.length));
  const [feature, neuron] = [Math.floor(entry / hidden), entry % hidden];
  if (kind === "flip") return [change(feature, neuron, -entries[entry])];
  if (kind === "death") return [change(feature, neuron, 0)];
  if (kind === "shift") {
    const [to, at] = random.uniform() < 0.5 ? [feature, random.integer(hidden)] : [random.integer(features), neuron];
    if (entries[to * hidden + at] !== 0) return undefined;
    return [change(feature, neuron, 0), change(to, at, fairSign())];
  }
  const second = edges.at(random.integer(edges.length));
  const [otherFeature, otherNeuron] = [Math.floor(second / hidden), second % hidden];
  if (entries[feature * hidden + otherNeuron] !== 0 || entries[otherFeature * hidden + neuron] !== 0) return undefined;
  return [
    change(feature, neuron, 0),
    change(otherFeature, otherNeuron, 0),
    change(feature, otherNeuron, fairSign()),
    change(otherFeature, neuron, fairSign()),
  ];
}
