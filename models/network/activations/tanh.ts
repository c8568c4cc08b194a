import { tanh } from "../../graph/elementwise.ts";
import type { Activation } from "./activation.ts";

/** tanh(z). */
export const hyperbolicTangent: Activation = { odd: true, smooth: true, apply: tanh, value: Math.tanh };
