import type { Tensor } from "../../graph/tensor.ts";
import type { Averages, NormalInput } from "../averages/averages.ts";

/** An activation function φ, acting entry by entry. */
export interface Activation {
  /** Whether φ(−z) = −φ(z): then a neuron's row of E and column of D can change sign together. */
  readonly odd: boolean;
  /** Whether φ has two derivatives everywhere: formulas with φ″ drop what a kink adds. */
  readonly smooth: boolean;
  /** φ(z), written as a graph. */
  apply(z: Tensor): Tensor;
  /** The averages of φ over a normal z, where there is something better than `averagesByNodes`. @default by nodes */
  averages?(input: NormalInput): Averages;
  /** φ of one number, for theory that averages over it without a graph. @default none: only odd ones need it */
  value?(z: number): number;
}
