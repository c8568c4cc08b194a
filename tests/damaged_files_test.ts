import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { readAnalysis } from "../analysis/report/analysis.ts";
import { loadLatestCheckpoint, saveCheckpoint } from "../models/run/checkpoint.ts";
import type { SafeTensor } from "../models/run/safetensors/safetensors.ts";
import { parseMetrics } from "../models/run/metrics.ts";
import { readSnapshots, writeSnapshots } from "../models/run/snapshots.ts";
import { plantedRun } from "./figures/planted_run.ts";
import { forAll, joined, orSentence } from "./properties.ts";
import { inFolder } from "./tasks/run_task.ts";

/** What is put into files, besides random text. */
const tokens = ["\0", "\n", "{", "}", "[", "]", '"', ": ", "- ", "null", "1e999", "__proto__", "&a", "*a", "!!binary "];

/** One way in which a file is damaged; places are fractions of its length. */
type Damage = { readonly at: number } & ({ flip: number } | { cut: number } | { repeat: number } | { put: string });

const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const length = fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 400 }), fc.constant(Infinity));
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ at, flip: fc.nat({ max: 7 }) }),
  fc.record({ at, cut: length }),
  fc.record({ at, repeat: length }),
  fc.record({ at, put: fc.oneof(fc.constantFrom(...tokens), fc.string({ maxLength: 6 })) }),
);

/** A file damaged in one to four places: bits flipped, bytes cut out up to its whole end, said twice or put in. */
function damagedCopies(bytes: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  return fc.array(damage, { minLength: 1, maxLength: 4 }).map((damages) => damages.reduce(damaged, bytes.slice()));
}

function damaged(bytes: Uint8Array<ArrayBuffer>, change: Damage): Uint8Array<ArrayBuffer> {
  const place = Math.floor(change.at * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  if ("flip" in change) return bytes.map((byte, index) => index === place ? byte ^ (1 << change.flip) : byte);
  if ("cut" in change) return joined(before, after.subarray(change.cut));
  if ("repeat" in change) return joined(before, after.subarray(0, change.repeat), after);
  return joined(before, new TextEncoder().encode(change.put), after);
}

/** Damages a file many times, and asserts that whatever reads it finds it sound or says in a sentence what is wrong. */
async function survives(
  files: number,
  bytes: Uint8Array,
  source: string,
  read: (damaged: Uint8Array<ArrayBuffer>) => unknown,
): Promise<void> {
  let refused = 0;
  await forAll(files, damagedCopies(bytes), async (copy) => {
    const result = await orSentence(source, async () => [await read(copy)]);
    if (result === undefined) refused++;
  });
  assert(refused > files / 10, `only ${refused} of ${files} were refused`);
}

Deno.test("10,000 damaged files of a run are read, or refused in a sentence each", () =>
  inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    /** Damages a file of the run in its place. */
    const inPlace = async (files: number, name: string, read: () => Promise<unknown>) => {
      const path = run.file(name);
      const whole = await Deno.readFile(path);
      await survives(files, whole, path, async (copy) => {
        await Deno.writeFile(path, copy);
        return await read();
      });
      await Deno.writeFile(path, whole);
    };
    const metrics = await run.readBytes("metrics.jsonl");
    await survives(4000, metrics, "metrics.jsonl", (copy) =>
      parseMetrics(new TextDecoder().decode(copy), "metrics.jsonl"));
    await inPlace(1500, "config.yaml", () =>
      run.readConfig());
    await inPlace(1500, "analysis.json", () =>
      readAnalysis(run));

    // Small arrays, so that headers are hit as often as numbers.
    await run.writeWeights({ features: 3, hidden: 2, encoder: new Float32Array(6), decoder: new Float32Array(6) });
    await inPlace(1000, "weights.safetensors", () =>
      run.readWeights());
    const frames = [Float32Array.of(1, 2), Float32Array.of(3, 4)];
    await writeSnapshots(run, { pairs: [1, 5], steps: [1, 9], encoder: frames, decoder: frames });
    await inPlace(1000, "snapshots.safetensors", async () => {
      const { pairs, encoder } = await readSnapshots(run);
      assertEquals(encoder.map(({ length }) => length), encoder.map(() => pairs.length));
    });
    const encoder: SafeTensor = { dtype: "F32", shape: [3, 2], data: new Float32Array(6) };
    await saveCheckpoint(run, { step: 7, tensors: { encoder } });
    await inPlace(1000, "checkpoints/step-000000007.safetensors", async () => {
      const { step, tensors } = (await loadLatestCheckpoint(run, { encoder }, () => {}))!;
      assertEquals([step, tensors.encoder.shape], [7, [3, 2]]);
    });
  }));
