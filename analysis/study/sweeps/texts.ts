/** The sweeps that come with the project: a new one is a YAML file of its own, its import and a line here. */
import blobs from "./blobs.yaml" with { type: "text" };
import fixedOverlaps from "./fixed-overlaps.yaml" with { type: "text" };
import featuresPerNeuron from "./features-per-neuron.yaml" with { type: "text" };
import frustration from "./frustration.yaml" with { type: "text" };
import kHot from "./k-hot.yaml" with { type: "text" };
import sizes from "./sizes.yaml" with { type: "text" };
import rowSigns from "./row-signs.yaml" with { type: "text" };
import studyCpu from "./study-cpu.yaml" with { type: "text" };
import studyCuda from "./study-cuda.yaml" with { type: "text" };
import temperature from "./temperature.yaml" with { type: "text" };
import studyReduced from "./study-reduced.yaml" with { type: "text" };
import tempering from "./tempering.yaml" with { type: "text" };
import dimensions from "./dimensions.yaml" with { type: "text" };
import polygons from "./polygons.yaml" with { type: "text" };

/** The text of each sweep, by its name: part of the module graph, so that it is there wherever the code came from. */
export const sweepTexts: Readonly<Record<string, string>> = {
  blobs,
  "fixed-overlaps": fixedOverlaps,
  "features-per-neuron": featuresPerNeuron,
  frustration,
  "k-hot": kHot,
  sizes,
  "row-signs": rowSigns,
  "study-cpu": studyCpu,
  "study-cuda": studyCuda,
  temperature,
  "study-reduced": studyReduced,
  tempering,
  dimensions,
  polygons,
};
