/** Which runs are the same experiment at different sizes, trained for whatever time. */
import { greatest } from "d3-array";
import type { Config } from "../../models/experiment/config.ts";

/**
 * Groups runs that differ in size only: one ratio d/h, one task, one activation, one loss, the decoder's ridge in
 * proportion to 1/d. Of runs of one size the longest training is kept.
 *
 * @param runs in any order
 * @returns the groups with two or more sizes, each ascending in d
 */
export function sizeSeries<Sized extends { readonly config: Config }>(runs: readonly Sized[]): Sized[][] {
  const kindOf = ({ config: { model, task, loss } }: Sized) =>
    JSON.stringify([
      model.features / model.hidden,
      model.activation,
      task,
      { ...loss, form: undefined, decoderRidge: (model.features * loss.decoderRidge).toPrecision(3) },
    ]);
  return [...Map.groupBy(runs, kindOf).values()]
    .map((group) => {
      const bySize = Map.groupBy(group, ({ config }) => config.model.features);
      return [...bySize].sort(([a], [b]) => a - b).map(([, same]) =>
        greatest(same, ({ config }) => config.training.steps)!
      );
    })
    .filter((group) => group.length > 1);
}
