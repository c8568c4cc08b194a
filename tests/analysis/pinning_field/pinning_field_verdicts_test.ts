import { assertEquals } from "@std/assert";
import type { PinningFieldSectionData } from "../../../analysis/pinning_field/pinning_field_measurement.ts";
import { pinningFieldVerdicts } from "../../../analysis/pinning_field/pinning_field_verdicts.ts";

const each = <Value>(value: Value) => ({
  encoder: { centre: value, corner: value },
  decoder: { centre: value, corner: value },
});

const gaussian = { count: 10_000, skewness: 0, skewnessError: 0.02, excessKurtosis: 0.1, excessKurtosisError: 0.05 };

interface Planted {
  r2?: number;
  control?: number;
  full?: number;
  local?: number;
  field?: Partial<typeof gaussian>;
  explained?: number;
  learned?: Partial<typeof gaussian>;
}

/** What the verdicts read, all of it in favour of the claims unless something else is planted. */
function verdicts(planted: Planted = {}): string[] {
  const { r2 = 0.9, control = 0.001, full = 0.95, local = 0.9, field, explained = 0.8, learned } = planted;
  const shape = { ...gaussian, ...learned };
  const splits = ["feature degree", "feature and neuron degree"].map((name) => ({
    name,
    explained,
    types: [shape, shape],
    pooled: shape,
  }));
  const data = {
    ...each({ correlation: full }),
    candidates: [{ name: "shuffled S", agreement: each({ correlation: control, pairs: 10_000 }) }],
    local: { agreement: each({ correlation: local }) },
    overlapSums: { walks: 4, excessKurtosis: 0.2 },
    clusters: {
      field: { "encoder, centre": { ...gaussian, ...field }, "decoder, centre": { ...gaussian, ...field } },
    },
    shapes: {
      learned: {
        centre: { encoder: { standardised: shape }, decoder: { standardised: shape } },
        corner: { encoder: splits, decoder: splits },
      },
    },
    unfinished: { continuation: { predicted: each({ r2 }) } },
  } as unknown as PinningFieldSectionData;
  return pinningFieldVerdicts(data).map(({ verdict }) => verdict);
}

const [supported, open, refuted] = ["supported", "open", "not supported"];
const all = [supported, supported, supported, supported, supported];

function instead(index: number, verdict: string): string[] {
  return all.with(index, verdict);
}

Deno.test("pinningFieldVerdicts() supports what is measured", () => {
  assertEquals(verdicts(), all);
});

Deno.test("pinningFieldVerdicts() doubts displacements that S explains little of, or a shuffled S too", () => {
  assertEquals(verdicts({ r2: 0.3 }), instead(0, open));
  assertEquals(verdicts({ r2: 0.05 }), instead(0, refuted));
  assertEquals(verdicts({ control: -0.04 }), instead(0, open));
});

Deno.test("pinningFieldVerdicts() asks the local sum for half of what the full response explains", () => {
  assertEquals(verdicts({ local: 0.5 }), instead(1, refuted));
  assertEquals(verdicts({ full: 0.6, local: 0.6 }), instead(1, open));
});

Deno.test("pinningFieldVerdicts() calls neither field nor displacements Gaussian that are not", () => {
  assertEquals(verdicts({ field: { excessKurtosis: 4, excessKurtosisError: 3 } }), instead(2, refuted));
  assertEquals(verdicts({ field: { excessKurtosisError: 0.4 } }), instead(2, open));
  assertEquals(verdicts({ learned: { skewness: -1 } }), instead(4, refuted));
});

Deno.test("pinningFieldVerdicts() asks the types for half of the variance", () => {
  assertEquals(verdicts({ explained: 0.3 }), instead(3, open));
  assertEquals(verdicts({ explained: 0.02 }), instead(3, refuted));
});
