/** The activation functions: a new one is a file of its own and a line here. */
import { type Registry, registry } from "../../registry.ts";
import type { Activation } from "./activation.ts";
import { gelu } from "./gelu.ts";
import { rectifier } from "./relu.ts";
import { hyperbolicTangent } from "./tanh.ts";
import { tanhCubed } from "./tanh_cubed.ts";

/** Names, as in `model.activation`, and what they stand for. */
export const activations: Registry<Activation> = registry("activation", {
  "tanh-cubed": tanhCubed,
  tanh: hyperbolicTangent,
  relu: rectifier,
  gelu,
});
