/** The loss on infinite data as a sum over harmonics of the activation. */
import type { Config } from "../../experiment/config.ts";
import { rebalancedLoss } from "../../experiment/requirements.ts";
import { gather } from "../../graph/layout_ops.ts";
import { constant, type ElementType, type Tensor } from "../../graph/tensor.ts";
import type { PartGroup } from "./exact_means.ts";
import type { HarmonicSelection, SinePair } from "./harmonic_selection.ts";
import { meanTerm, productTerm, squareTerm } from "./harmonic_terms.ts";
import { powersNeeded } from "./subset_averages.ts";
import type { Harmonics } from "./harmonics.ts";

/** Whether tables are in single or double precision. */
export type Precision = Extract<ElementType, "float32" | "float64">;

/** The terms with one neuron each, of which there are few and cheap ones. */
export function singleParts(config: Config, { sines, cosines }: HarmonicSelection, precision: Precision): PartGroup[] {
  const problem = problemOf(config);
  const group = (
    { frequencies, amplitudes }: Harmonics,
    write: typeof squareTerm | typeof meanTerm,
  ): PartGroup => ({
    count: frequencies.length,
    weight: 1,
    at: (index) => ({
      lossOf: (parameters) =>
        write(problem, parameters, {
          frequency: entry(frequencies, index, precision),
          amplitude: entry(amplitudes, index, precision),
        }, 1 / frequencies.length),
    }),
  });
  return [group(sines, meanTerm), group(cosines, squareTerm)];
}

/**
 * The terms with two neurons, one for each of some pairs of sines; none for no pairs.
 *
 * @param leftOut what a pair may lose: one of little weight needs fewer power sums. @default next to nothing
 */
export function pairParts(
  config: Config,
  { frequencies }: Harmonics,
  pairs: readonly SinePair[],
  precision: Precision,
  leftOut = 0,
): PartGroup[] {
  const problem = problemOf(config);
  const size = { ...config.model, ...config.task };
  const most = powersNeeded(size);
  const needed = pairs.map(({ weight }) => Math.min(most, powersNeeded(size, leftOut / weight)));
  return [...new Set(needed)].map((powers) => {
    const own = pairs.filter((_, place) => needed[place] === powers);
    const entryOf = (value: (pair: SinePair) => number, index: Tensor) => entry(own.map(value), index, precision);
    return {
      count: own.length,
      weight: 1,
      at: (index) => ({
        lossOf: (parameters) =>
          productTerm(problem, parameters, {
            frequencies: [
              entryOf(({ first }) => frequencies[first], index),
              entryOf(({ second }) => frequencies[second], index),
            ],
            amplitude: entryOf(({ amplitude }) => amplitude, index),
          }, powers),
      }),
    };
  });
}

function problemOf(config: Config) {
  const { lambdaOn } = rebalancedLoss(config, "a sum over harmonics");
  return { ...config.task, lambdaOn };
}

/** One of some numbers, a scalar. */
function entry(values: readonly number[], index: Tensor, precision: Precision): Tensor {
  const all = precision === "float64" ? Float64Array.from(values) : Float32Array.from(values);
  return gather(constant(all, [values.length]), index);
}
