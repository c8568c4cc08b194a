/** Random sign matrices: the hypotheses that a trained S is compared with, and starting points for descents. */
import type { RandomStream } from "../../models/random.ts";
import { type SignMatrix, signMatrix } from "../signs/sign_matrix.ts";

/** Size and number of nonzeros of a random S. */
export interface SignMatrixSize {
  /** d. */
  readonly features: number;
  /** h. */
  readonly hidden: number;
  /** Number of nonzeros, p·d·h. */
  readonly edges: number;
}

/**
 * An iid S given its number of nonzeros: every set of that many entries is equally likely, every sign fair.
 *
 * Given the count, iid entries have exactly this distribution whatever p is, so no fitted p blurs a test.
 * See {@linkcode randomGraphTests}.
 *
 * @throws {RangeError} if there are more nonzeros than entries
 */
export function iidSigns(size: SignMatrixSize, random: RandomStream): SignMatrix {
  return randomSupport(size, random, () => fairSign(random));
}

/**
 * The same support as `iidSigns`, but with one fair sign for each neuron: the nonzeros of a row agree.
 * See {@linkcode randomGraphTests}.
 *
 * @throws {RangeError} if there are more nonzeros than entries
 */
export function rowSigns(size: SignMatrixSize, random: RandomStream): SignMatrix {
  const signOfNeuron = Int8Array.from({ length: size.hidden }, () => fairSign(random));
  return randomSupport(size, random, (neuron) => signOfNeuron[neuron]);
}

/**
 * A random S with every degree of a given one, by edge swaps: neurons a and b, serving features i and j, trade them
 * unless one already serves the other's. Signs stay with the neuron's end of the edge, so that the numbers of + and −
 * of every neuron are kept too: what the degrees and the signs of rows explain is explained, and the rest is tested.
 *
 * Attempts that fail count as steps, which makes the uniform distribution the stationary one.
 * Source: the switching chain; Rao, Jana and Bandyopadhyay, Sankhyā A 58 (1996). See {@linkcode randomGraphTests}.
 *
 * @param signs where the chain starts; it is not changed
 * @param random where the swaps come from
 * @param swapsPerEdge attempted swaps for each nonzero; each edge takes part in twice as many; default 5, after which a
 * fraction of about e⁻¹⁰ of the edges has not moved
 */
export function fixedDegreeSigns(signs: SignMatrix, random: RandomStream, swapsPerEdge = 5): SignMatrix {
  const { features, hidden, edges, byFeature: { start, indices } } = signs;
  const entries = signs.entries.slice();
  const featureOf = new Int32Array(edges);
  for (let feature = 0; feature < features; feature++) featureOf.fill(feature, start[feature], start[feature + 1]);
  const neuronOf = indices.slice();
  for (let attempt = swapsPerEdge * edges; attempt > 0; attempt--) {
    const first = random.integer(edges);
    const second = random.integer(edges);
    const straight = featureOf[first] * hidden + neuronOf[first];
    const across = featureOf[second] * hidden + neuronOf[second];
    const firstMoved = featureOf[second] * hidden + neuronOf[first];
    const secondMoved = featureOf[first] * hidden + neuronOf[second];
    if (entries[firstMoved] !== 0 || entries[secondMoved] !== 0) continue;
    entries[firstMoved] = entries[straight];
    entries[secondMoved] = entries[across];
    entries[straight] = entries[across] = 0;
    const feature = featureOf[first];
    featureOf[first] = featureOf[second];
    featureOf[second] = feature;
  }
  return signMatrix(features, hidden, entries);
}

function fairSign(random: RandomStream): -1 | 1 {
  return random.uniform() < 0.5 ? -1 : 1;
}

function randomSupport(
  { features, hidden, edges }: SignMatrixSize,
  random: RandomStream,
  signAt: (neuron: number) => number,
): SignMatrix {
  const size = features * hidden;
  if (edges > size) throw new RangeError(`S has ${size} entries, so it cannot have ${edges} nonzeros.`);
  const entries = new Int8Array(size);
  // Dense matrices are drawn as the complement of their zeros, so that few draws hit an entry that is taken.
  const sparse = edges <= size / 2;
  if (!sparse) entries.fill(1);
  for (let left = sparse ? edges : size - edges; left > 0;) {
    const entry = random.integer(size);
    if ((entries[entry] !== 0) === sparse) continue;
    entries[entry] = sparse ? 1 : 0;
    left--;
  }
  for (let entry = 0; entry < size; entry++) if (entries[entry] !== 0) entries[entry] = signAt(entry % hidden);
  return signMatrix(features, hidden, entries);
}
