/**
 * Analysis: measure a run, read what was measured, and every measurement by itself.
 *
 * @module
 */

// What the measurements are given.
export type { Config } from "../models/experiment/config.ts";
export type { Schema } from "../models/options_schema.ts";
export type { ParameterArrays, Weights } from "../models/network/network_weights.ts";
export type { RandomStream } from "../models/random.ts";
export type { Run } from "../models/run/run.ts";
export type { Device } from "../models/runtime/device.ts";

// A network: measured section by section in memory or in its run directory, read back typed, in words.
export type { TrainedNetwork } from "../models/network/trained_network.ts";
export { analyse, type AnalysedNetwork, type AnalyseOptions } from "./report/analyse.ts";
export { analyseRun, type AnalyseRunOptions } from "./report/analyse_run.ts";
export { type Analysis, readAnalysis } from "./report/analysis.ts";
export { analysisVersion } from "./report/analysis_version.ts";
export { denoiserWeights } from "./report/denoiser_weights.ts";
export type { ClaimNumber, NetworkSubject, Section, Subject, Verdict } from "./report/section.ts";
export {
  type DataOf,
  isSectionKey,
  ownSections,
  promptSections,
  type SectionData,
  type SectionKey,
  sectionKeys,
  sections,
  sectionsOf,
} from "./report/sections.ts";
export { summary, verdictsOf } from "./report/summary.ts";

// What the weights freeze into.
export { type Cluster, type Clusters, findClusters, type ThresholdMargin } from "./clusters/clusters.ts";
export type { DensityModesOptions } from "./clusters/density_modes.ts";
export { type DegreeValues, valuesByDegree } from "./clusters/values_by_degree.ts";
export { cornerClasses, type Incidence, type Neighbours, type SignMatrix, signMatrix } from "./signs/sign_matrix.ts";
export { type Estimate, extractSigns, signs, type SignStructure, signStructure, type SignTest } from "./signs/signs.ts";
export { type BesideNulls, type ComponentKind, type Regularity, regularity } from "./signs/regularity.ts";
export { type Component, components } from "./signs/components.ts";
export { type OrderParameters, orderParameters } from "./signs/order_parameters.ts";
export type { ExactLoss, LossData } from "./loss/held_out.ts";

// S beside random graphs.
export {
  type BothSides,
  type CountsUnderNulls,
  type GraphCounts,
  graphCounts,
  type NullCounts,
} from "./random_graph/graph_counts.ts";
export { type GraphStatistics, graphStatistics } from "./random_graph/graph_statistics.ts";
export { fixedDegreeSigns, iidSigns, rowSigns, type SignMatrixSize } from "./random_graph/null_models.ts";
export {
  compareWithNulls,
  type NullName,
  type RandomGraphOptions,
  type RandomGraphTests,
  randomGraphTests,
  type SpectralEdge,
  type StatisticTest,
  type StatisticTests,
} from "./random_graph/random_graph.ts";
export { type SignDesign, signDesigns } from "./random_graph/sign_designs.ts";
export { type DensityAt, type SingularSpectrum, singularSpectrum } from "./random_graph/singular_spectrum.ts";
export type { ComparisonWithNull } from "./statistics/null_comparison.ts";

// Theory: the decoder of an encoder, the mean field, spin models.
export {
  type OptimalDecoder,
  optimalDecoder,
  type OptimalDecoderObjective,
  optimalDecoderObjective,
  type OptimalDecoderOptions,
} from "./decoder/optimal_decoder.ts";
export type { CornersOfDegree, DecoderData, MeasuredObjective } from "./decoder/decoder_comparison.ts";
export {
  type DensityPoint,
  meanField,
  meanFieldGivenDensity,
  type MeanFieldLandscape,
  type MeanFieldParts,
  type MeanFieldPrediction,
} from "./mean_field/mean_field.ts";
export type { DegreeClass, MeanFieldEnsemble, MeanFieldProblem } from "./mean_field/mean_field_at.ts";
export type { Macroscopic, MeanFieldData } from "./mean_field/mean_field_comparison.ts";
export type { GroundStates, IsingModel, SpinLattice } from "./frustration/ising.ts";
export type { ResidualEntropy, StripEntropy } from "./frustration/residual_entropy.ts";
export type { CooledLattice, IsingData } from "./frustration/spin_models.ts";

// Descents from other signs.
export { analyseBasins, basinDefaults, type BasinOptions, type Basins } from "./basins/basins.ts";
export type { SignChanges } from "./basins/basin_descent.ts";
export type { StartKind } from "./basins/basin_starts.ts";
export type { BasinSummary } from "./basins/basin_summary.ts";
export type { Descent } from "./basins/measured_descent.ts";

// Functions that are computed, and the layers that do so.
export type { ComputingData, MethodName, MethodScore } from "./computing/computing.ts";
export type { Design } from "./computing/designs.ts";
export type { LayerMeasurement, LayersData, LayerSigns } from "./computing/layers.ts";

// Networks to compare with, and how features lie in the hidden layer.
export {
  type BestHandBuilt,
  buildByHand,
  type Construction,
  type HandBuilt,
  type HandBuiltOptions,
  type HandBuiltPoint,
} from "./baselines/hand_built.ts";
export {
  type AxisTests,
  type Embedding,
  type EmbeddingData,
  measureEmbedding,
  type PlaneAngles,
} from "./baselines/embedding.ts";

// Derivatives of the objective, and what follows from them.
export { type ByMatrix, matrices, type MatrixName, type WeightVector } from "./derivatives/weight_vector.ts";
export { addScaled, innerProduct, scaled } from "./derivatives/weight_vector.ts";
export type { SampleSet } from "./derivatives/sample_set.ts";
export { type SampledGradient, sampledGradient } from "./derivatives/sampled_gradient.ts";
export { type SampledHessian, sampledHessian } from "./derivatives/sampled_hessian.ts";
export { type Freezing, freezingOf, type Held, hold, type HoldOptions } from "./tempering/tempered_hold.ts";
export {
  type TemperatureBranch,
  type TemperaturePoint,
  type TemperatureScan,
  temperatureScan,
  type TemperatureScanOptions,
} from "./tempering/temperature_scan.ts";
export {
  type LearningCoefficient,
  type LearningCoefficientOptions,
  localLearningCoefficient,
} from "./tempering/local_learning_coefficient.ts";
export { type ExactGradient, exactGradient } from "./derivatives/exact_gradient.ts";
export { type ExactHessian, exactHessian } from "./derivatives/exact_hessian.ts";
export type { ExactOptions } from "../models/training/exact/exact_means.ts";
export { type LinearResponse } from "./derivatives/linear_response.ts";
export { type NewtonOptions, type NewtonStep, newtonSteps, type Solve } from "./derivatives/newton_steps.ts";
export {
  type ContinuationAgreement,
  continuationAgreement,
  type ContinuedTraining,
  type ContinuedTrainingOptions,
  continueTraining,
} from "./derivatives/continued_training.ts";
export type { LinearSolution } from "./numerics/conjugate_gradients.ts";

// Displacements and the pinning field.
export { type ByCluster, type Region, regions } from "./displacements/displacement_clusters.ts";
export type { DisplacementSample } from "./displacements/displacement_sample.ts";
export { type CornerClass, displacementsWithin } from "./displacements/ideal_configuration.ts";
export type { IdealCandidate } from "./displacements/ideal_candidates.ts";
export type { CornerType, SplitCorner, Splitting } from "./displacements/corner_types.ts";
export type { Outliers } from "./displacements/outliers.ts";
export { type DisplacementShapes, displacementShapes, type ResidualsData } from "./displacements/residuals.ts";
export {
  type FieldOrigins,
  fieldOrigins,
  type FieldPrecision,
  type FieldSources,
  fieldSources,
  type FieldStatistics,
  fieldStatistics,
} from "./pinning_field/field_statistics.ts";
export { type Neighbourhood, neighbourhood, type OverlapSums } from "./pinning_field/local_theory.ts";
export {
  analysePinningField,
  type FieldData,
  type PinningField,
  type PinningFieldData,
  type PinningFieldOptions,
} from "./pinning_field/pinning_field.ts";
export type { PinningFieldSectionData } from "./pinning_field/pinning_field_measurement.ts";
export type { ExactUse } from "./pinning_field/pinning_samples.ts";
export { pinningFieldDefaults, type PinningFieldPrecision } from "./pinning_field/pinning_field_precision.ts";
export type { Stage } from "./pinning_field/prediction_stages.ts";
export { type SizedPinningField, type SizeTrend, sizeTrends } from "./pinning_field/size_trends.ts";
export type { ResidualForce, Unfinished } from "./pinning_field/unfinished_training.ts";

// The landscape on infinite data.
export type { Answering, AnswerShares } from "./landscape/answers.ts";
export {
  analyseLandscape,
  type LandscapeData,
  type LandscapeOptions,
  type LandscapeStage,
  type LandscapeWalks,
  type TrainingEnd,
} from "./landscape/landscape.ts";
export { type LandscapePlan, landscapePlan } from "./landscape/landscape_plan.ts";
export type { DescentRecord, StartName } from "./landscape/minima.ts";
export type { SoftModes } from "./landscape/soft_modes.ts";
export type { WalkClass, WalkShares } from "./landscape/walks.ts";
export { type Waypoint, type Waypoints, waypointsIn, waypointsInMemory } from "./landscape/waypoints.ts";
export { type Descended, type Slope, slopeDescent, type SlopeProblem } from "./numerics/slope_descent.ts";
export { type EigenProblem, type LanczosOptions, type RitzPair, smallestEigenvalues } from "./numerics/lanczos.ts";

// Statistics.
export { type Agreement, agreementOf } from "./statistics/agreement.ts";
export { type Gaussianity, gaussianity } from "./statistics/gaussianity.ts";
export { nearGaussian } from "./statistics/near_gaussian.ts";
export type { ScaleMixture, VarianceByDegree } from "./statistics/scale_mixture.ts";

// Sweeps: points, and the table of what they found.
export {
  type Kept,
  type ListedPoint,
  parseSweep,
  type PointSettings,
  type RandomRange,
  type Sweep,
} from "./study/sweep/sweep.ts";
export { type SweepPoint, sweepPoints } from "./study/sweep/sweep_points.ts";
export type { CurvesFigure, MapFigure, Quantity, ScatterFigure, SweepFigure } from "./study/sweep/sweep_figures.ts";
export { runPoint, type RunPointOptions } from "./study/sweep/sweep_point_run.ts";
export { type Cell, type Row, sweepTable, type Table } from "./study/sweep/sweep_table.ts";
export { csvOf, parquetOf } from "./study/sweep/table_files.ts";
export { type RemainingWork, type Work } from "./study/study_work.ts";
