/** Wall time until a stated quality, for every contender at one size. */
import { median } from "d3-array";
import { markdownTable } from "../../analysis/report/markdown.ts";
import { percent, significant } from "../../analysis/report/number_text.ts";
import type { Device } from "../../models/runtime/device.ts";
import { type Contender, contenders, measureStep, recipesOf } from "./contenders.ts";
import { runJob } from "./bench_job.ts";
import type { Remember } from "./bench_measurements.ts";
import { measureQuality } from "./bench_quality.ts";
import { experiment, type Recipe, type Size } from "./bench_recipes.ts";
import { fastest, type Found, type Subject, type Trial, withSeeds } from "./recipe_search.ts";

/** A trial with what its process took besides. */
interface FullTrial extends Trial {
  readonly firstStepSeconds: number;
  readonly startUpSeconds: number;
  readonly peakBytes: number;
}

/** A row of the comparison. */
export interface QualityRow {
  readonly contender: string;
  readonly recipe: Recipe;
  readonly reached: boolean;
  /** Wall time of the steps, a value a seed; for an extrapolated row steps × measured time of a step. */
  readonly seconds: readonly number[];
  readonly extrapolated: boolean;
  /** What each seed reached; for an extrapolated row what the contender whose recipe it takes over reached. */
  readonly trials: readonly Trial[];
}

/** Options of `timeToQuality`. */
export interface QualityOptions {
  readonly device: Device;
  readonly seeds: number;
  /** Whether python3 has PyTorch. */
  readonly torch: boolean;
  readonly remember: Remember;
  /** Told about every training. */
  readonly report: (line: string) => void;
}

/**
 * A contender that takes over a recipe is not trained where it would take longer than this, in seconds: it computes the same
 * as the one that was trained, so that its steps are as many and their measured time tells the rest.
 */
const longestRepetition = 900;

/** Runs the comparison at one size. */
export async function timeToQuality(size: Size, options: QualityOptions): Promise<QualityRow[]> {
  const rows: QualityRow[] = [];
  for (const contender of contenders) {
    if (contender.runtime !== "pinfield" && !options.torch) continue;
    const subject = subjectOf(contender, size, options);
    const original = rows.find((row) => row.contender === contender.recipeOf);
    const row = original === undefined
      ? trained(await fastest(subject, recipesOf(contender, size), size.goal, options.seeds))
      : await takenOver(original, subject, size, options.seeds);
    rows.push({ contender: contender.name, ...row });
  }
  return rows;
}

const trained = ({ recipe, trials, reached }: Found) => ({
  recipe,
  trials,
  reached,
  seconds: trials.map(({ seconds }) => seconds),
  extrapolated: false,
});

async function takenOver(original: QualityRow, subject: Subject, size: Size, seeds: number) {
  const seconds = original.recipe.steps * await subject.secondsAStep(original.recipe);
  if (seconds > longestRepetition) return { ...original, seconds: [seconds], extrapolated: true };
  return trained(await withSeeds(subject, original.recipe, size.goal, seeds));
}

/** A contender as the search sees it: every training and every time of a step is measured once and remembered. */
function subjectOf(contender: Contender, size: Size, { device, remember, report }: QualityOptions): Subject {
  const { name, runtime, method } = contender;
  return {
    async secondsAStep(recipe) {
      const config = experiment(size, method, recipe);
      const time = await remember("pace", { runtime, config }, () => measureStep(contender, config, device, 1));
      return time.secondsAStep;
    },
    async train(recipe, seed) {
      const config = experiment(size, method, recipe, seed);
      const trial = await remember("training", { runtime, config }, async (): Promise<FullTrial> => {
        const { seconds: [seconds], weights, ...process } = await runJob(contender, config, { device });
        const { firstStepSeconds, startUpSeconds, peakBytes } = process;
        const quality = await measureQuality(config, weights);
        return { recipe, seed, seconds, quality, firstStepSeconds, startUpSeconds, peakBytes };
      });
      report(`${size.preset}, ${name}: ${recipeWords(recipe)}, seed ${seed}: ${trialWords(trial)}`);
      return trial;
    },
  };
}

function recipeWords({ batch, supportsPerNoise, learningRate, steps }: Recipe): string {
  const shared = supportsPerNoise === undefined ? "" : `, R = ${supportsPerNoise}`;
  return `${steps} steps, B = ${batch}${shared}, lr ${learningRate}`;
}

function trialWords({ seconds, quality }: Trial): string {
  return `${significant(seconds)} s, objective ${significant(quality.objective, 4)}, ` +
    `${significant(quality.neuronsPerFeature)} neurons a feature, c = ${significant(quality.amplitude)}, ` +
    `${percent(quality.undecided)} undecided`;
}

/** The comparison in words and a table; speeds are relative to the best that PyTorch reaches with sampled noise. */
export function qualityTable({ preset, goal }: Size, rows: readonly QualityRow[]): string {
  const time = ({ seconds }: QualityRow) => median(seconds)!;
  const peers = rows.filter(({ contender, reached }) =>
    reached &&
    contenders.some(({ name, runtime, method }) => name === contender && runtime !== "pinfield" && method === "sampled")
  );
  const reference = Math.min(...peers.map(time));
  const table = rows.map((row) => {
    const middle = (read: (quality: Trial["quality"]) => number) => median(row.trials, ({ quality }) => read(quality))!;
    return [
      row.contender,
      (row.reached ? "" : "not in ") + significant(time(row)) + (row.extrapolated ? " (extrapolated)" : ""),
      row.reached ? `${significant(reference / time(row))} ×` : "–",
      recipeWords(row.recipe),
      significant(middle(({ objective }) => objective), 4),
      significant(middle(({ neuronsPerFeature }) => neuronsPerFeature)),
      significant(middle(({ amplitude }) => amplitude), 4),
      percent(middle(({ spread }) => spread)),
      percent(middle(({ undecided }) => undecided)),
    ];
  });
  const columns = ["to the goal", "seconds", "speed", "recipe", "objective", "neurons a feature", "c", "spread"];
  return `### ${preset}: held-out objective at most ${goal.objective}, at most ${
    percent(goal.undecided)
  } undecided\n\n` +
    markdownTable([...columns, "undecided"], table) + "\n";
}
