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
 * A size for the trends with size, trained longer than the presets: displacements settle later than signs, and the noise of
 * small batches hides them.
 */
function size(features: number, hidden: number, steps: number, batch = 1024): Part {
  const small = features < 3072;
  const settings = {
    name: `size-${features}-${hidden}`,
    "model.features": features,
    "model.hidden": hidden,
    // The recipe keeps ρ_D·d: a decoder row has as many entries as there are neurons.
    "loss.decoderRidge": 0.01 * 3072 / features,
    "training.steps": steps,
    ...(small && { "training.batch": batch, "training.supportsPerNoise": 1 }),
  };
  return { preset: "superposition", settings, sections: [...promptSections, "residuals", "pinningField"] };
}

/** Three features a neuron and two, as large as two cores train in minutes; the smallest is slow to freeze. */
const smallSizes = [
  size(513, 171, 10000),
  size(512, 256, 2500),
  size(1152, 384, 5600, 4096),
  size(1152, 576, 5600),
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
    size(3072, 1024, 6000),
    size(3072, 1536, 6000),
    size(6144, 2048, 6000),
    size(12288, 4096, 6000),
  ],
};
