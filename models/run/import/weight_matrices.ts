/** Which arrays of a state dict are the encoder and the decoder, and which way round they are. */
import { UsageError } from "../../errors.ts";
import type { Weights } from "../../network/network_weights.ts";
import { transpose } from "../safetensors/transpose.ts";
import type { StateTensor } from "./state_dict.ts";

/** Names of the two matrices in a file. */
export interface MatrixNames {
  /** What the encoder is called. */
  readonly encoder: string;
  /** What the decoder is called. */
  readonly decoder: string;
}

/** A matrix as it lies in a file. */
export interface StoredMatrix {
  readonly name: string;
  readonly shape: readonly [rows: number, columns: number];
  readonly values: Float32Array;
}

/** The two matrices of a denoiser as they lie in a file. */
export interface StoredMatrices {
  readonly encoder: StoredMatrix;
  readonly decoder: StoredMatrix;
}

/** How many features and neurons there are. */
export type Sizes = Pick<Weights, "features" | "hidden">;

/** What two linear layers are called often: attributes of a module, its layers in a row, a dictionary's two sides. */
const usualNames: readonly MatrixNames[] = [
  ...["encoder.weight/decoder.weight", "fc1.weight/fc2.weight", "linear1.weight/linear2.weight"],
  ...["0.weight/2.weight", "0.weight/1.weight", "encoder/decoder", "W_enc/W_dec"],
].map((pair) => {
  const [encoder, decoder] = pair.split("/");
  return { encoder, decoder };
});

/**
 * Finds the two matrices of a denoiser.
 *
 * @param tensors what the file holds
 * @param source the file's name, for error messages
 * @param names where they are; by default under names that are usual, and nothing else may be in the file
 * @throws {UsageError} if they are not there, the layers have biases other than zero, or the file holds another network
 */
export function findMatrices(
  tensors: ReadonlyMap<string, StateTensor>,
  source: string,
  names: Partial<MatrixNames> = {},
): StoredMatrices {
  const { encoder, decoder } = chosenNames(tensors, source, names);
  const found = { encoder: matrixOf(tensors, encoder, source), decoder: matrixOf(tensors, decoder, source) };
  const others = [...tensors].filter(([name]) => name !== encoder && name !== decoder);
  const wereNamed = names.encoder !== undefined && names.decoder !== undefined;
  const biases = others.filter(([name, tensor]) =>
    isBias(name, tensor) && !isZero(tensor) && (!wereNamed || besides(name, encoder) || besides(name, decoder))
  );
  if (biases.length > 0) {
    throw new UsageError(
      `${source} has biases, ${listed(biases)}, and a denoiser has none; train the layers without (bias=False).`,
    );
  }
  const foreign = others.filter(([name, tensor]) => !isBias(name, tensor));
  if (foreign.length > 0 && !wereNamed) {
    throw new UsageError(
      `${source} also holds ${listed(foreign)}, for which a denoiser of two matrices has no place.`,
      { kind: "weights-unnamed" },
    );
  }
  return found;
}

function chosenNames(
  tensors: ReadonlyMap<string, StateTensor>,
  source: string,
  names: Partial<MatrixNames>,
): MatrixNames {
  const usual = usualNames.find(({ encoder, decoder }) =>
    tensors.has(names.encoder ?? encoder) && tensors.has(names.decoder ?? decoder)
  );
  const { encoder = usual?.encoder, decoder = usual?.decoder } = names;
  if (encoder !== undefined && decoder !== undefined && encoder !== decoder) return { encoder, decoder };
  throw new UsageError(
    `${source} holds ${listed([...tensors]) || "nothing"}, and no names say which are the encoder and the decoder.`,
    { kind: "weights-unnamed" },
  );
}

function matrixOf(tensors: ReadonlyMap<string, StateTensor>, name: string, source: string): StoredMatrix {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new UsageError(`${source} holds ${listed([...tensors])}: no ${name}.`);
  const { shape: [rows, columns, ...more], values } = tensor;
  if (values === undefined) throw new UsageError(`${source}: ${name} holds no floating-point numbers.`);
  if (columns === undefined || more.length > 0 || values.length === 0) {
    throw new UsageError(`${source}: ${name} is [${tensor.shape}], and a weight is a matrix of two sides.`);
  }
  if (!values.every(Number.isFinite)) throw new UsageError(`${source}: ${name} holds numbers that are not finite.`);
  return { name, shape: [rows, columns], values };
}

/** Vectors are biases, whatever their name. */
function isBias(name: string, { shape }: StateTensor): boolean {
  return shape.length === 1 || /(^|[._])bias$/.test(name);
}

function isZero({ values }: StateTensor): boolean {
  return values?.every((value) => value === 0) ?? false;
}

/** Whether two arrays are of one layer: `fc1.bias` and `fc1.weight`. */
function besides(name: string, matrix: string): boolean {
  const layer = (path: string) => path.slice(0, path.lastIndexOf(".") + 1);
  return layer(name) === layer(matrix);
}

function listed(tensors: readonly (readonly [name: string, StateTensor])[]): string {
  return tensors.map(([name, { shape }]) => `${name} [${shape}]`).join(", ");
}

/**
 * The sizes of the network that two matrices make, in PyTorch's orientation, encoder [h, d] and decoder [d, h], or the
 * other one.
 *
 * @param transposed whether the encoder is [d, h], as where x @ W is written
 */
export function sizesOf({ encoder: { shape } }: StoredMatrices, transposed = false): Sizes {
  const [hidden, features] = transposed ? shape.toReversed() : shape;
  return { features, hidden };
}

/**
 * The matrices as weights. Each lies as its shape says; where d = h, which leaves that open, as in PyTorch.
 *
 * @param source the file's name, for error messages
 * @param transposed whether square matrices are the other way round
 * @throws {UsageError} if the matrices do not have the sizes
 */
export function weightsFrom(
  { encoder, decoder }: StoredMatrices,
  { features, hidden }: Sizes,
  source: string,
  transposed = false,
): Weights {
  const featureMajor = ({ shape, values }: StoredMatrix, isNeuronMajorInPyTorch: boolean) => {
    if (![`${features},${hidden}`, `${hidden},${features}`].includes(String(shape))) {
      throw new UsageError(
        `${source}: ${encoder.name} [${encoder.shape}] and ${decoder.name} [${decoder.shape}] are not the two matrices ` +
          `of a network with ${features} features and ${hidden} neurons.`,
      );
    }
    const isNeuronMajor = features === hidden ? isNeuronMajorInPyTorch !== transposed : shape[0] === hidden;
    return isNeuronMajor ? transpose(values, hidden, features) : values;
  };
  return { features, hidden, encoder: featureMajor(encoder, true), decoder: featureMajor(decoder, false) };
}
