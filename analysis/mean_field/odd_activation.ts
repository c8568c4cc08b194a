/** φ as a plain function, for the theory that averages over it without a graph. */
import { UsageError } from "../../models/errors.ts";

const oddActivations: Readonly<Record<string, (z: number) => number>> = {
  "tanh-cubed": (z) => Math.tanh(z) ** 3,
  tanh: Math.tanh,
};

/** Whether the theory that needs an odd activation can take this one. */
export function isOddActivation(name: string): boolean {
  return Object.hasOwn(oddActivations, name);
}

/**
 * The odd activation of the given name. Only odd ones have the gauge symmetry (flip a neuron's row of E and column of D
 * together) by which the mean-field theory may take every corner it looks at as positive.
 *
 * @param name as in `model.activation`
 * @returns φ
 * @throws {UsageError} when the activation is unknown or not odd
 */
export function oddActivation(name: string): (z: number) => number {
  const activation = oddActivations[name];
  if (activation === undefined) {
    throw new UsageError(
      `the mean-field theory holds for odd activations (${Object.keys(oddActivations).join(", ")}), not for "${name}".`,
    );
  }
  return activation;
}
