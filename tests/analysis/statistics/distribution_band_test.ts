import { assertGreater, assertLess } from "@std/assert";
import { distributionBand } from "../../../analysis/statistics/distribution_band.ts";
import { randomStream } from "../../../models/random.ts";

Deno.test("distributionBand() holds the empirical distribution of 95 % of samples", () => {
  const [count, draws] = [200, 2000];
  const random = randomStream(5);
  let outside = 0;
  for (let draw = 0; draw < draws; draw++) {
    const values = Float64Array.from({ length: count }, () => random.uniform()).sort();
    const distance = values.reduce(
      (most, value, index) => Math.max(most, value - index / count, (index + 1) / count - value),
      0,
    );
    if (distance > distributionBand(count)) outside++;
  }
  // The bound is nearly reached at this size: 5 % within five errors of the count, on either side.
  assertLess(outside / draws, 0.05 + 5 * Math.sqrt(0.05 * 0.95 / draws));
  assertGreater(outside / draws, 0.05 - 7 * Math.sqrt(0.05 * 0.95 / draws));
});
