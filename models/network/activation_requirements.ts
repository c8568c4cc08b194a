/** What an analysis asks of φ: formulas that hold for odd or for smooth activations alone refuse the others. */
import { UsageError } from "../errors.ts";

/** What formulas need to know of an activation. */
interface ActivationFacts {
  /** Whether φ(−z) = −φ(z): then a neuron's row of E and column of D can change sign together. */
  readonly odd: boolean;
  /** Whether φ has two derivatives everywhere: formulas with φ″ drop what a kink adds. */
  readonly smooth: boolean;
}

const facts: Readonly<Record<string, ActivationFacts>> = {
  "tanh-cubed": { odd: true, smooth: true },
  tanh: { odd: true, smooth: true },
  relu: { odd: false, smooth: false },
  gelu: { odd: false, smooth: true },
};

const opposites = { odd: "is not", smooth: "has a kink" } as const;

/** Whether the activation of a name, as in `model.activation`, has a property. */
export function activationIs(property: keyof ActivationFacts, name: string): boolean {
  return facts[name]?.[property] ?? false;
}

/**
 * Refuses an activation that lacks a property.
 *
 * @param name as in `model.activation`
 * @param what needs the property, as the subject of a sentence: "the pinning field"
 * @throws {UsageError} naming the activations that have it
 */
export function requireActivation(property: keyof ActivationFacts, name: string, what: string): void {
  if (activationIs(property, name)) return;
  const having = Object.keys(facts).filter((other) => activationIs(property, other)).join(", ");
  throw new UsageError(
    `model.activation: ${what} is known for ${property} activations only (${having}); ${name} ${opposites[property]}.`,
  );
}
