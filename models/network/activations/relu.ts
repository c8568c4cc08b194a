import { relu } from "../../graph/elementwise_ops.ts";
import { averagesOfRectifier } from "../averages/formulas.ts";
import type { Activation } from "./activation.ts";

/** max(z, 0), with a kink at the origin. */
export const rectifier: Activation = { odd: false, smooth: false, apply: relu, averages: averagesOfRectifier };
