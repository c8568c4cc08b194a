/** The shortest training that reaches a goal: each recipe's schedule is shortened rung by rung until it no longer does. */
import type { Goal, Quality } from "./bench_quality.ts";
import { reaches } from "./bench_quality.ts";
import type { Recipe } from "./bench_recipes.ts";

/** One training from the first step to the last. */
export interface Trial {
  readonly recipe: Recipe;
  readonly seed: number;
  /** Wall time of its steps. */
  readonly seconds: number;
  readonly quality: Quality;
}

/** What a contender can be asked. */
export interface Subject {
  /** Trains a recipe to its end. */
  train(recipe: Recipe, seed: number): Promise<Trial>;
  /** How long a step of it takes, whatever the number of steps. */
  secondsAStep(recipe: Recipe): Promise<number>;
}

/** What a search found. */
export interface Found {
  readonly recipe: Recipe;
  /** One for each seed. */
  readonly trials: readonly Trial[];
  /** Whether their medians reach the goal. */
  readonly reached: boolean;
}

/** A rung is so many times shorter than the one above. */
const rung = Math.SQRT2;
/** How many rungs a schedule may be longer than the recipe says, and how many shorter. */
const [up, down] = [2, 8];

/** A recipe with its schedule shortened by some rungs; lengthened, where the number is negative. */
export function atRung(recipe: Recipe, rungs: number): Recipe {
  return { ...recipe, steps: Math.round(recipe.steps / rung ** rungs) };
}

/**
 * Searches recipes and schedules for the least wall time that reaches a goal.
 *
 * The first recipe starts at its own schedule, which is made longer where it misses the goal. Each later recipe starts at
 * its longest schedule that would be faster than the best so far, and is given up when that misses the goal. All this with
 * seed 0; what was found is then trained with every seed, a rung longer where their medians miss.
 */
export async function fastest(
  subject: Subject,
  recipes: readonly Recipe[],
  goal: Goal,
  seeds: number,
): Promise<Found> {
  const attempt = async (recipe: Recipe) => {
    const trial = await subject.train(recipe, 0);
    return reaches([trial.quality], goal) ? trial : undefined;
  };
  let best: { recipe: Recipe; seconds: number } | undefined;
  for (const recipe of recipes) {
    let place = 0;
    if (best === undefined) {
      let first = await attempt(recipe);
      while (first === undefined && place > -up) first = await attempt(atRung(recipe, --place));
      if (first === undefined) continue;
      best = first;
      // Below a schedule that was made longer lies one that missed.
      if (place < 0) continue;
      place++;
    } else {
      const seconds = await subject.secondsAStep(recipe);
      place = -up;
      while (place <= down && seconds * atRung(recipe, place).steps >= best.seconds) place++;
    }
    for (; place <= down; place++) {
      const trial = await attempt(atRung(recipe, place));
      if (trial === undefined) break;
      if (trial.seconds < best.seconds) best = trial;
    }
  }
  const start = best?.recipe ?? atRung(recipes[0], -up);
  let found = await withSeeds(subject, start, goal, seeds);
  for (let longer = 1; best !== undefined && !found.reached && longer <= up; longer++) {
    found = await withSeeds(subject, atRung(start, -longer), goal, seeds);
  }
  return found;
}

/** Trains one recipe with every seed. */
export async function withSeeds(subject: Subject, recipe: Recipe, goal: Goal, seeds: number): Promise<Found> {
  const trials: Trial[] = [];
  for (let seed = 0; seed < seeds; seed++) trials.push(await subject.train(recipe, seed));
  return { recipe, trials, reached: reaches(trials.map(({ quality }) => quality), goal) };
}
