/** The presets that come with the project: a new one is a YAML file of its own, its import and a line here. */
import blocks from "./blocks.yaml" with { type: "text" };
import boundary from "./boundary.yaml" with { type: "text" };
import computing from "./computing.yaml" with { type: "text" };
import cooled from "./cooled.yaml" with { type: "text" };
import geluBoundary from "./gelu-boundary.yaml" with { type: "text" };
import geluSoftmax from "./gelu-softmax.yaml" with { type: "text" };
import laptopSampled from "./laptop-sampled.yaml" with { type: "text" };
import laptop from "./laptop.yaml" with { type: "text" };
import laptopUnsuperposed from "./laptop-unsuperposed.yaml" with { type: "text" };
import mediumSampled from "./medium-sampled.yaml" with { type: "text" };
import medium from "./medium.yaml" with { type: "text" };
import noSuperposition from "./no-superposition.yaml" with { type: "text" };
import overlaps from "./overlaps.yaml" with { type: "text" };
import powerLaw from "./power-law.yaml" with { type: "text" };
import quick from "./quick.yaml" with { type: "text" };
import relu from "./relu.yaml" with { type: "text" };
import smallUnfrustrated from "./small-unfrustrated.yaml" with { type: "text" };
import square from "./square.yaml" with { type: "text" };
import superpositionSampled from "./superposition-sampled.yaml" with { type: "text" };
import superposition from "./superposition.yaml" with { type: "text" };
import tempered from "./tempered.yaml" with { type: "text" };
import toyModels from "./toy-models.yaml" with { type: "text" };
import toyPolygons from "./toy-polygons.yaml" with { type: "text" };
import twoAmplitudes from "./two-amplitudes.yaml" with { type: "text" };
import twoTypes from "./two-types.yaml" with { type: "text" };

/**
 * The text of each preset, by its name: part of the module graph, so that it is there wherever the code came from.
 * See {@linkcode parseConfig}.
 */
export const presetTexts = {
  blocks,
  boundary,
  computing,
  cooled,
  "gelu-boundary": geluBoundary,
  "gelu-softmax": geluSoftmax,
  laptop,
  "laptop-sampled": laptopSampled,
  "laptop-unsuperposed": laptopUnsuperposed,
  medium,
  "medium-sampled": mediumSampled,
  "no-superposition": noSuperposition,
  overlaps,
  "power-law": powerLaw,
  quick,
  relu,
  "small-unfrustrated": smallUnfrustrated,
  square,
  superposition,
  "superposition-sampled": superpositionSampled,
  tempered,
  "toy-models": toyModels,
  "toy-polygons": toyPolygons,
  "two-amplitudes": twoAmplitudes,
  "two-types": twoTypes,
};
