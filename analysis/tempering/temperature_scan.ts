/** What a temperature does to frozen weights and to weights that have not frozen yet. */
import * as d3 from "d3-array";
import type { Config } from "../../models/experiment/config.ts";
import { meanField } from "../mean_field/mean_field.ts";
import { meanFieldProblemOf } from "../mean_field/mean_field_comparison.ts";
import type { Estimate } from "../signs/signs.ts";
import { hold, type HoldOptions } from "./tempered_hold.ts";

/** Means and standard errors over seeds at one temperature. */
export interface TemperaturePoint {
  /** T, in units of the objective. */
  readonly temperature: number;
  /** At the temperature: weights beyond half the amplitude, by feature. */
  readonly neuronsPerFeature: Estimate;
  /** c, at the temperature. */
  readonly amplitude: Estimate;
  /** Weights between c/4 and 3c/4, as a multiple of those beyond c/2. */
  readonly undecided: Estimate;
  /** At the temperature. */
  readonly objective: Estimate;
  /** On infinite data, after cooling. */
  readonly cooledObjective: Estimate;
}

/** The points that began at one kind of weights. */
export interface TemperatureBranch {
  /** For the key: "frozen", "unfrozen". */
  readonly name: string;
  /** In order of temperature. */
  readonly points: readonly TemperaturePoint[];
}

/** Branches, and what the mean-field theory expects at temperature 0. */
export interface TemperatureScan {
  /** One for each kind of weights to begin at. */
  readonly branches: readonly TemperatureBranch[];
  /** The sparse minimum; null where the theory has none. */
  readonly theory:
    | { readonly neuronsPerFeature: number; readonly amplitude: number; readonly objective: number }
    | null;
}

/** Options of `temperatureScan`. */
export interface TemperatureScanOptions extends Omit<HoldOptions, "temperature" | "seed"> {
  /** Each T, in units of the objective. */
  readonly temperatures: readonly number[];
  /** Each gives weights, samples and noise of its own. */
  readonly seeds: readonly number[];
}

/**
 * Holds weights at temperatures, each time from the start. Branches that stay apart at one temperature show hysteresis.
 *
 * @param starts by the name of the branch, the parameters to begin at for a seed
 *
 * @example
 * ```ts
 * import { assertEquals, assertGreater } from "@std/assert";
 * import { preset } from "../../models/experiment/presets.ts";
 * import { initialState } from "../../models/training/training_state.ts";
 * import { freezingOf, hold } from "./tempered_hold.ts";
 * import { temperatureScan } from "./temperature_scan.ts";
 * const config = preset("quick", { "model.features": 16, "model.hidden": 8, "training.initialScale": 1 });
 * const { encoder, decoder } = initialState(config).tensors;
 * const weights = { encoder: encoder.data, decoder: decoder.data };
 * console.log(freezingOf({ features: 16, encoder: encoder.data }).amplitude);
 * const options = { learningRate: 0.01, steps: 20, coolingSteps: 10 };
 * const { objective } = await hold(config, weights, { ...options, temperature: 1e-4, seed: 1 });
 * assertGreater(32, objective); // that of a network which returns zero
 * const { branches } = await temperatureScan(config, { unfrozen: () => Promise.resolve(weights) }, {
 *   ...options,
 *   temperatures: [1e-2],
 *   seeds: [1, 2],
 * });
 * assertEquals(branches.map(({ name, points }) => [name, points.length]), [["unfrozen", 1]]);
 * ```
 */
export async function temperatureScan(
  config: Config,
  starts: Readonly<Record<string, (seed: number) => Promise<Readonly<Record<string, Float32Array>>>>>,
  { temperatures, seeds, ...options }: TemperatureScanOptions,
): Promise<TemperatureScan> {
  const branches: TemperatureBranch[] = [];
  for (const [name, startOf] of Object.entries(starts)) {
    const begun = await Promise.all(seeds.map(async (seed) => ({ seed, parameters: await startOf(seed) })));
    const points: TemperaturePoint[] = [];
    for (const temperature of d3.sort(temperatures)) {
      const held = [];
      for (const { seed, parameters } of begun) {
        held.push(await hold(config, parameters, { ...options, temperature, seed }));
      }
      points.push({
        temperature,
        neuronsPerFeature: estimateOf(held.map(({ hot }) => hot.neuronsPerFeature)),
        amplitude: estimateOf(held.map(({ hot }) => hot.amplitude)),
        undecided: estimateOf(held.map(({ hot }) => hot.undecided)),
        objective: estimateOf(held.map(({ objective }) => objective)),
        cooledObjective: estimateOf(held.map(({ cooledObjective }) => cooledObjective)),
      });
    }
    branches.push({ name, points });
  }
  const problem = meanFieldProblemOf(config);
  const sparse = problem === undefined ? null : meanField(problem, "regular").sparse;
  return {
    branches,
    theory: sparse && {
      neuronsPerFeature: sparse.neuronsPerFeature,
      amplitude: sparse.amplitude,
      objective: sparse.objective,
    },
  };
}

/** Mean and standard error; NaN of one value. */
function estimateOf(values: readonly number[]): Estimate {
  return { value: d3.mean(values)!, error: (d3.deviation(values) ?? NaN) / Math.sqrt(values.length) };
}
