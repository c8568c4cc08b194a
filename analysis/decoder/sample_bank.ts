/** The bank of samples that serves every feature: each gets the feature that is asked for added. */
import { equal, or, where } from "../../models/graph/elementwise_ops.ts";
import { gather } from "../../models/graph/layout_ops.ts";
import { input, scalar, type Tensor } from "../../models/graph/tensor.ts";
import { randomStream } from "../../models/random.ts";
import type { ArrayValue } from "../../models/runtime/session.ts";

/** The samples that serve every feature: n of them, with k − 1 features on. */
export interface Bank {
  /** n. */
  readonly size: number;
  /** `spare` and, for k > 1, `others`. */
  readonly inputs: Readonly<Record<string, ArrayValue>>;
}

/**
 * Draws the features of the bank: `others`, int64 [k − 1, n], are on, and `spare`, int64 [n], is one that is off.
 *
 * A sample that is to have feature i on gets i added, or its spare if it has i already. Both ways its k features are a
 * uniform draw among those that contain i. Over the bank the features come in rounds of all d.
 */
export function drawBank(features: number, activeFeatures: number, size: number, seed: number): Bank {
  const random = randomStream(seed, "optimal-decoder", "bank");
  const drawExcept = (taken: readonly number[]): number => {
    const feature = random.integer(features);
    return taken.includes(feature) ? drawExcept(taken) : feature;
  };
  const deck: number[] = [];
  const others = new BigInt64Array((activeFeatures - 1) * size);
  const spare = new BigInt64Array(size);
  for (let sample = 0; sample < size; sample++) {
    const chosen: number[] = [];
    while (chosen.length < activeFeatures - 1) {
      if (deck.length === 0) { for (let feature = 0; feature < features; feature++) deck.push(feature); }
      const [drawn] = deck.splice(random.integer(deck.length), 1);
      chosen.push(chosen.includes(drawn) ? drawExcept(chosen) : drawn);
    }
    chosen.forEach((feature, index) => others[index * size + sample] = BigInt(feature));
    spare[sample] = BigInt(drawExcept(chosen));
  }
  return {
    size,
    inputs: {
      spare: { data: spare, shape: [size] },
      ...(activeFeatures > 1 && { others: { data: others, shape: [activeFeatures - 1, size] } }),
    },
  };
}

/** The inputs that the bank stands for. */
export function bankInputs({ inputs }: Bank): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, input(name, "int64", shape)]));
}

/** Which feature each sample of the bank gets so that `feature` is on: the feature itself, or the spare. */
export function addedFeatures(
  { others, spare }: Record<string, Tensor>,
  activeFeatures: number,
  feature: Tensor,
): Tensor {
  if (others === undefined) return feature;
  const present = Array.from(
    { length: activeFeatures - 1 },
    (_, index) => equal(gather(others, scalar(index, "int64")), feature),
  );
  return where(present.reduce(or), spare, feature);
}
