/** The objective: the mean loss of a batch plus the ridge penalties, in the cheapest form that there is. */
import { type Batch, corruptedInput, type SampledBatch } from "../data/batch.ts";
import { dataSources } from "../data/data_sources.ts";
import type { Config } from "../experiment/config.ts";
import { add, multiply } from "../graph/elementwise_ops.ts";
import { reduceSum } from "../graph/layout_ops.ts";
import type { TensorRecord } from "../graph/loop.ts";
import { sizeOf } from "../graph/tensor_shape.ts";
import { innerProduct } from "../graph/symmetric_ops.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { SampleLoss } from "../losses/loss.ts";
import { losses } from "../losses/losses.ts";
import { networks } from "../network/networks.ts";

/** How the loss of drawn noise is computed: with the output written out, or without. */
export type LossForm = "dense" | "gram";

/**
 * Floating-point operations of the matrix products of one training step on drawn noise, forward and backward.
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

/** The same of a step that averages over the noise to some order of Mehler's expansion, on B samples of k features. */
export function averagedProductCost(
  { features, hidden, batch, activeFeatures, mehlerOrder }: {
    features: number;
    hidden: number;
    batch: number;
    activeFeatures: number;
    mehlerOrder: number;
  },
): number {
  const forms = 1 + mehlerOrder * (1 + activeFeatures);
  return 8 * features * hidden ** 2 + 4 * forms * batch * hidden ** 2;
}

/** The same of a step of an experiment. */
export function stepProductCost(config: Config): number {
  const { model, task, training: { batch, supportsPerNoise } } = config;
  if (task.noise === "averaged") return averagedProductCost({ ...model, ...task, batch });
  const sampling = { batch, vectors: batch / supportsPerNoise };
  return matrixProductCost(lossForm(config, sampling), { ...model, ...sampling });
}

/** Whether loss and network have a Gram form between them, for outputs that should be x*. */
export function hasGramForm({ model, task, loss }: Pick<Config, "model" | "task" | "loss">): boolean {
  return losses.get(loss.name).gram !== undefined && networks.get(model.name).readOut !== undefined &&
    dataSources.get(task.name).wants !== "functions";
}

/** The form that the experiment asks for, or the cheaper one that the loss has, for a batch of B samples on P vectors. */
export function lossForm(
  config: Config,
  { batch, vectors }: { batch: number; vectors: number },
): LossForm {
  const { model, loss } = config;
  if ("form" in loss && loss.form !== "auto") return loss.form;
  if (!hasGramForm(config)) return "dense";
  const size = { ...model, batch, vectors };
  return matrixProductCost("gram", size) < matrixProductCost("dense", size) ? "gram" : "dense";
}

/** What every sample of a batch costs. */
export function sampleLoss(
  { model, loss }: Config,
  form: LossForm,
  parameters: TensorRecord,
  batch: SampledBatch,
): SampleLoss {
  const [network, { dense, functions, gram }] = [networks.get(model.name), losses.get(loss.name)];
  if (form === "gram") {
    const { activations, decoder } = network.readOut!(parameters, batch, model);
    return gram!(activations, decoder, batch, loss);
  }
  const { output } = network.forward(parameters, corruptedInput(batch), model);
  return batch.wanted === undefined ? dense(output, batch, loss) : functions!(output, batch.wanted, loss);
}

/** The mean over the entries of a tensor, a scalar. */
export function mean(x: Tensor): Tensor {
  return multiply(reduceSum(x), 1 / sizeOf("mean", x.shape));
}

/** The ridge of every parameter of an experiment's network. */
export function ridges({ model, loss }: Pick<Config, "model" | "loss">): Record<string, number> {
  const specs = Object.entries(networks.get(model.name).parameters(model));
  return Object.fromEntries(specs.map(([name, { ridge }]) => [name, ridge === undefined ? 0 : loss[ridge]]));
}

/** The sum of ridge · ‖parameter‖², a scalar; undefined where every ridge is zero. */
export function penalty(config: Config, parameters: TensorRecord): Tensor | undefined {
  return Object.entries(ridges(config))
    .filter(([, ridge]) => ridge !== 0)
    .map(([name, ridge]) => multiply(innerProduct(parameters[name], parameters[name]), ridge))
    .reduce<Tensor | undefined>((sum, term) => sum === undefined ? term : add(sum, term), undefined);
}

/** Scalars of one step: `objective` = `data` + penalties, and the mean of each part of the loss. */
export type Objective = { objective: Tensor; data: Tensor } & Record<string, Tensor>;

/** The objective of a batch whose noise is drawn. */
export function objectiveOf(
  config: Config,
  form: LossForm,
  parameters: TensorRecord,
  batch: SampledBatch,
): Objective {
  const { data, parts } = sampleLoss(config, form, parameters, batch);
  const meanParts = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, mean(part)]));
  return withPenalty(config, parameters, mean(data), meanParts);
}

/** The objective of a batch, averaged over the noise in closed form. */
export function averagedObjectiveOf(config: Config, parameters: TensorRecord, batch: Batch): Objective {
  const { model, task, loss } = config;
  const readOut = networks.get(model.name).averagedReadOut!(parameters, batch, task, model);
  const { data, parts } = losses.get(loss.name).averaged!(readOut, batch, loss);
  return withPenalty(config, parameters, data, parts);
}

function withPenalty(config: Config, parameters: TensorRecord, data: Tensor, parts: TensorRecord): Objective {
  const penalties = penalty(config, parameters);
  return { ...parts, data, objective: penalties === undefined ? data : add(data, penalties) };
}
