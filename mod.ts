/**
 * Pinfield as a library: train a sparse denoiser in ONNX Runtime, read its run directory, measure and draw it.
 *
 * @module
 */

// Measurements and figures.
export * from "./analysis/mod.ts";
export * from "./figures/mod.ts";

// Experiments.
export { type Chosen, type LearningOptions, type OptionsOf, parseConfig } from "./models/experiment/config.ts";
export type { Config, ImportedWeights, TrainingOptions } from "./models/experiment/config.ts";
export { loadConfigFile, preset, type PresetName, presetNames, type Settings } from "./models/experiment/presets.ts";
export type { KeyOf, SectionSettings, ValueOf } from "./models/experiment/presets.ts";
export { presetTexts } from "./models/experiment/presets/texts.ts";

// What experiments choose from: tables to which a script may add activations, losses, … of its own.
export type { OptionsSchema, Schema } from "./models/options_schema.ts";
export type { Registry } from "./models/registry.ts";
export type { Activation } from "./models/network/activations/activation.ts";
export { activations } from "./models/network/activations/activations.ts";
export type { AveragedLoss, Loss, Ridges, SampleLoss } from "./models/losses/loss.ts";
export { ridges } from "./models/losses/loss.ts";
export { losses, ownLosses } from "./models/losses/losses.ts";
export type { RebalancedOptions } from "./models/losses/rebalanced_loss.ts";
export type { Optimizer, Step, Update } from "./models/optimizers/optimizer.ts";
export { optimizers, ownOptimizers } from "./models/optimizers/optimizers.ts";
export type { AdamOptions } from "./models/optimizers/adam.ts";
export type { LangevinOptions } from "./models/optimizers/langevin.ts";
export type { LocalizedLangevinOptions } from "./models/optimizers/localized_langevin.ts";
export type { Schedule } from "./models/schedules/schedule.ts";
export { ownSchedules, schedules } from "./models/schedules/schedules.ts";
export type { WarmupOptions } from "./models/schedules/warmup_cosine.ts";
export type {
  AveragedReadOut,
  Layers,
  Network,
  NoiseAverage,
  ParameterSpec,
  ReadOut,
} from "./models/network/network.ts";
export { networks, ownNetworks } from "./models/network/networks.ts";
export type { DenoiserOptions } from "./models/network/denoiser.ts";
export type { LayeredOptions } from "./models/network/layered.ts";
export type { ToyModelOptions } from "./models/network/toy_model.ts";
export type { BatchSize, DataSource, StepArray, StepRange } from "./models/data/data_source.ts";
export { dataSources, ownDataSources } from "./models/data/data_sources.ts";
export type { IndependentOptions } from "./models/data/independent.ts";
export { type KHotOptions, sampleSupports } from "./models/data/k_hot.ts";
export { featureChances, type TypedOptions } from "./models/data/typed/typed.ts";
export type { FiniteOptions } from "./models/data/finite_data.ts";
export {
  type BooleanOptions,
  type PairFunction,
  pairFunctions,
  type PairOutput,
  pairOutputs,
} from "./models/data/pair_functions.ts";
export type { Correlation } from "./models/data/typed/type_correlation.ts";
export {
  type FeatureProperties,
  featureProperties,
  type FeatureType,
  type Quantity,
} from "./models/data/typed/feature_types.ts";

// What such entries are written with.
export * as graph from "./models/graph/mod.ts";
export { type Batch, corruptedInput, type Occurrences, type SampledBatch } from "./models/data/batch.ts";
export { rowsOnSupport, sumOverSupport } from "./models/data/support.ts";
export type { Averages, NormalInput } from "./models/network/averages/averages.ts";
export { averagesByNodes } from "./models/network/averages/by_nodes.ts";
export { normalRule, type Quadrature } from "./models/network/averages/normal_rule.ts";

// Training, and what came of it.
export {
  type ChunkResult,
  type FinishedTraining,
  train,
  type Training,
  type TrainOptions,
} from "./models/training/trainer.ts";
export type { TrainedNetwork } from "./models/network/trained_network.ts";
export {
  initialState,
  parameterValues,
  type StateArray,
  type TrainingState,
  weightsOf,
} from "./models/training/training_state.ts";
export type { ParameterArrays, Weights } from "./models/network/network_weights.ts";
export { forward, type ForwardOptions, type LayerValues } from "./models/network/forward.ts";
export { inferenceModel, type NamedNetwork, type ParameterValues } from "./models/network/inference.ts";
export { type HeldOutLoss, heldOutLoss, type HeldOutOptions } from "./models/training/evaluation.ts";
export { type ExactObjective, exactObjective } from "./models/training/exact/exact_objective.ts";
export { exactObstacle, type ExactOptions, type ExactWay } from "./models/training/exact/exact_means.ts";
export { type MemoryEstimate, trainingMemory } from "./models/training/memory_estimate.ts";
export { type Placement, profileTraining } from "./models/training/placement.ts";

// Run directories.
export { createRun, type CreateRunOptions } from "./models/run/create_run.ts";
export { continueRun } from "./models/run/continue_run.ts";
export { importRun, type ImportRunOptions } from "./models/run/import/import_run.ts";
export type { MatrixNames } from "./models/run/import/weight_matrices.ts";
export { openRun, Run } from "./models/run/run.ts";
export { runFiles, RunFolder } from "./models/run/run_folder.ts";
export { type Progress, trainRun, type TrainRunOptions } from "./models/run/training_run.ts";
export { type DensityFrame, readSnapshots, type Snapshots } from "./models/run/snapshots.ts";
export type { PairDensity } from "./models/run/pair_density.ts";
export type { MetricsRow } from "./models/run/metrics.ts";
export type { Versions } from "./models/run/versions.ts";
export type { Content, Disk } from "./models/disk/atomic_write.ts";

// The runtime, random numbers, errors.
export { chooseDevice, type Device } from "./models/runtime/device.ts";
export type { ProfiledNode } from "./models/runtime/profile.ts";
export { openRunner, openSession, runOnce } from "./models/runtime/session.ts";
export type { ArrayValue, Runner, Session, SessionOptions } from "./models/runtime/session.ts";
export { type RandomStream, randomStream } from "./models/random.ts";
export { type ErrorKind, FailureError, PinfieldError, type PinfieldErrorOptions, UsageError } from "./models/errors.ts";
