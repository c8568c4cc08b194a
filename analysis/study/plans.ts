/** The experiments of the study, and what is measured of each. */
import type { Device } from "../../models/runtime/device.ts";
import { promptSections, type SectionKey } from "../report/sections.ts";

/** An experiment of the study. */
export interface Part {
  readonly preset: string;
  /** What is changed in the preset. @default nothing */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Which sections are measured. @default all */
  readonly sections?: readonly SectionKey[];
}

/**
 * A size for the trends with size, trained longer than the presets: displacements settle later than signs.
 *
 * @param passes over the features in a batch; with gradients as quiet as a whole pass small networks stay dense
 */
function size(features: number, hidden: number, steps: number, learningRate: number, passes = 1): Part {
  const settings = {
    name: `size-${features}-${hidden}`,
    "model.features": features,
    "model.hidden": hidden,
    // The recipe keeps ρ_D·d: a decoder row has as many entries as there are neurons.
    "loss.decoderRidge": 0.01 * 3072 / features,
    "optimizer.learningRate": learningRate,
    "training.steps": steps,
    "training.batch": Math.floor(passes * features / 2),
  };
  return { preset: "superposition", settings, sections: [...promptSections, "residuals", "pinningField"] };
}

/** Three features a neuron and two, as large as two cores train in minutes. */
const smallSizes = [
  size(513, 171, 2000, 0.05, 0.5),
  size(512, 256, 2000, 0.05, 0.5),
  size(1152, 384, 800, 0.03),
  size(1152, 576, 800, 0.03),
];

/** The study by device: on the CPU what an evening allows, on a GPU everything at full size. */
export const plans: Readonly<Record<Device, readonly Part[]>> = {
  cpu: [
    { preset: "laptop-unsuperposed", sections: promptSections },
    { preset: "laptop" },
    { preset: "small-unfrustrated", sections: promptSections },
    { preset: "medium" },
    { preset: "gelu-softmax", sections: promptSections },
    { preset: "boundary", sections: promptSections },
    ...smallSizes,
    // Trained in two minutes; its basins and its pinning field would take an hour.
    { preset: "superposition", sections: [...promptSections, "randomGraph", "decoder", "meanField", "residuals"] },
  ],
  cuda: [
    { preset: "no-superposition", sections: promptSections },
    { preset: "superposition" },
    { preset: "small-unfrustrated", sections: promptSections },
    { preset: "laptop-unsuperposed", sections: promptSections },
    { preset: "laptop" },
    { preset: "medium" },
    { preset: "gelu-softmax", sections: promptSections },
    { preset: "boundary", sections: promptSections },
    ...smallSizes,
    size(3072, 1024, 800, 0.02),
    size(3072, 1536, 800, 0.02),
    size(6144, 2048, 800, 0.02),
    size(12288, 4096, 800, 0.02),
  ],
};
