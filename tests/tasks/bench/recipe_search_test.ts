import { assertEquals } from "@std/assert";
import type { Quality } from "../../../tasks/bench/bench_quality.ts";
import type { Recipe } from "../../../tasks/bench/bench_recipes.ts";
import { atRung, fastest, type Subject } from "../../../tasks/bench/recipe_search.ts";

const goal = { objective: 1, undecided: 0.1 };
const slow: Recipe = { batch: 100, learningRate: 0.02, steps: 800 };
const quick: Recipe = { batch: 50, learningRate: 0.02, steps: 800 };

/** Reaches the goal from so many steps of a batch on; a step takes a millisecond for ten samples. */
function planted(needed: Record<number, number>, needs: (recipe: Recipe, seed: number) => number = () => 0) {
  const trained: string[] = [];
  const seconds = (recipe: Recipe) => 1e-4 * recipe.batch;
  const subject: Subject = {
    secondsAStep: (recipe) => Promise.resolve(seconds(recipe)),
    train(recipe, seed) {
      trained.push(`${recipe.batch}:${recipe.steps}:${seed}`);
      const enough = recipe.steps >= needed[recipe.batch] + needs(recipe, seed);
      const quality = { objective: enough ? 0.9 : 1.1, undecided: 0 } as Quality;
      return Promise.resolve({ recipe, seed, quality, seconds: seconds(recipe) * recipe.steps });
    },
  };
  return { subject, trained };
}

Deno.test("fastest() shortens the schedule until it misses the goal, then trains the last that reached it with every seed", async () => {
  const { subject, trained } = planted({ 100: 390 });
  const found = await fastest(subject, [slow], goal, 3);
  assertEquals(found.recipe.steps, 400);
  assertEquals(found.reached, true);
  assertEquals(trained, ["100:800:0", "100:566:0", "100:400:0", "100:283:0", "100:400:0", "100:400:1", "100:400:2"]);
});

Deno.test("fastest() makes a schedule longer that misses the goal, and says so when nothing reaches it", async () => {
  const longer = planted({ 100: 1000 });
  const found = await fastest(longer.subject, [slow], goal, 1);
  assertEquals([found.recipe.steps, found.reached], [1131, true]);
  assertEquals(longer.trained, ["100:800:0", "100:1131:0", "100:1131:0"]);

  const never = planted({ 100: 1e6 });
  const missed = await fastest(never.subject, [slow], goal, 1);
  assertEquals([missed.recipe.steps, missed.reached, missed.trials.length], [1600, false, 1]);
});

Deno.test("fastest() tries a later recipe only where it would be faster than the best so far", async () => {
  const better = planted({ 100: 390, 50: 500 });
  const found = await fastest(better.subject, [slow, quick], goal, 1);
  assertEquals(found.recipe, atRung(quick, 1));
  // 400 steps of the first take 4 s, as 800 of the second do.
  assertEquals(better.trained.filter((trial) => trial.startsWith("50:")), ["50:566:0", "50:400:0", "50:566:0"]);

  const worse = planted({ 100: 390, 50: 790 });
  assertEquals((await fastest(worse.subject, [slow, quick], goal, 1)).recipe, atRung(slow, 2));
});

Deno.test("fastest() goes back to a longer schedule where the medians over seeds miss", async () => {
  const { subject } = planted({ 100: 390 }, (_, seed) => seed === 0 ? 0 : 150);
  const found = await fastest(subject, [slow], goal, 3);
  assertEquals([found.recipe.steps, found.reached, found.trials.length], [566, true, 3]);
});
