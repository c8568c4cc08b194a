/** The objective: the mean loss of a batch plus the ridge penalties, in the cheaper of the two forms. */
import { activations } from "../network/activations.ts";
import type { Config } from "../experiment/config.ts";
import { type Batch, corruptedInput } from "../data/k_hot.ts";
import { activationsOf, activationsOfBatch, decode, type Parameters } from "../network/denoiser.ts";
import { add, multiply, square } from "../graph/elementwise.ts";
import { reduceSum } from "../graph/layout.ts";
import { sizeOf } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { losses, type SampleLoss } from "./losses.ts";

/** How the loss is computed. */
export type LossForm = "dense" | "gram";

/**
 * Floating-point operations of the matrix products of one training step, forward and backward.
 *
 * @param vectors P, the number of noise vectors
 */
export function matrixProductCost(
  form: LossForm,
  { features, hidden, batch, vectors }: { features: number; hidden: number; batch: number; vectors: number },
): number {
  return form === "dense"
    ? 10 * batch * features * hidden
    : 4 * vectors * features * hidden + 4 * features * hidden ** 2 + 4 * batch * hidden ** 2;
}

/** The form that the experiment asks for, or the cheaper one that the loss has, for a batch of B samples on P vectors. */
export function lossForm({ model, loss }: Config, { batch, vectors }: { batch: number; vectors: number }): LossForm {
  const hasGram = losses[loss.name].gram !== undefined;
  if (loss.form !== "auto") return loss.form;
  const size = { ...model, batch, vectors };
  return hasGram && matrixProductCost("gram", size) < matrixProductCost("dense", size) ? "gram" : "dense";
}

/** What every sample of a batch costs. */
export function sampleLoss(config: Config, form: LossForm, { encoder, decoder }: Parameters, batch: Batch): SampleLoss {
  const activation = activations[config.model.activation];
  const loss = losses[config.loss.name];
  if (form === "gram") {
    return loss.gram!(activationsOfBatch(encoder, batch, activation), decoder, batch.support, config.loss);
  }
  const a = activationsOf(encoder, corruptedInput(batch), activation);
  return loss.dense(decode(decoder, a), batch.support, config.loss);
}

/** The mean over the entries of a tensor, a scalar. */
export function mean(x: Tensor): Tensor {
  return multiply(reduceSum(x), 1 / sizeOf("mean", x.shape));
}

/** ρ_D ‖D‖² + ρ_E ‖E‖², a scalar; undefined where both are zero. */
export function penalty({ loss }: Config, { encoder, decoder }: Parameters): Tensor | undefined {
  const terms = [[loss.decoderRidge, decoder], [loss.encoderRidge, encoder]] as const;
  return terms
    .flatMap(([ridge, weights]) => ridge === 0 ? [] : [multiply(reduceSum(square(weights)), ridge)])
    .reduce<Tensor | undefined>((sum, term) => sum === undefined ? term : add(sum, term), undefined);
}

/** Scalars of one step: `objective` = `data` + penalties, and the mean of each part of the loss. */
export type Objective = { objective: Tensor; data: Tensor } & Record<string, Tensor>;

/** The objective of a batch. */
export function objectiveOf(config: Config, form: LossForm, parameters: Parameters, batch: Batch): Objective {
  const { data, parts } = sampleLoss(config, form, parameters, batch);
  const meanData = mean(data);
  const penalties = penalty(config, parameters);
  const meanParts = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, mean(part)]));
  return { ...meanParts, data: meanData, objective: penalties === undefined ? meanData : add(meanData, penalties) };
}
