import type { SafeTensor } from "./safetensors.ts";

/** Types and shapes of tensors by name. */
export type ExpectedTensors = Readonly<Record<string, Pick<SafeTensor, "dtype" | "shape">>>;

/**
 * Why a file does not hold what it should: the checksum is of numbers, not of their names and shapes.
 *
 * @returns the first tensor that is missing or another, undefined where there is none
 */
export function tensorMisfit(
  tensors: Readonly<Record<string, SafeTensor>>,
  expected: ExpectedTensors,
): string | undefined {
  const described = ({ dtype, shape }: Pick<SafeTensor, "dtype" | "shape">) => `${dtype} [${shape}]`;
  for (const [name, tensor] of Object.entries(expected)) {
    const found: SafeTensor | undefined = tensors[name];
    if (found === undefined) return `${name} is missing`;
    if (described(found) !== described(tensor)) return `${name} is ${described(found)} instead of ${described(tensor)}`;
  }
  return undefined;
}
