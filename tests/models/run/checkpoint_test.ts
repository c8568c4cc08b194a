import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { loadLatestCheckpoint, saveCheckpoint } from "../../../models/run/checkpoint.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { FailureError } from "../../../models/errors.ts";
import { openRun, type Run } from "../../../models/run/run.ts";
import type { SafeTensor } from "../../../models/run/safetensors/safetensors.ts";
import { atEveryStep, faults } from "../disk/faulty_disk.ts";
import { runTest } from "./in_run.ts";

const config = parseConfig({ name: "tiny", model: { features: 4, hidden: 3 }, training: { steps: 10 } }, "test");

function stateAt(step: number): Record<string, SafeTensor> {
  return {
    "encoder": { dtype: "F32", shape: [4, 3], data: new Float32Array(12).fill(step) },
    "adam.encoder.first": { dtype: "F64", shape: [2], data: Float64Array.of(step / 3, -step) },
    "seed": { dtype: "I64", shape: [], data: BigInt64Array.of(BigInt(step)) },
  };
}

async function save(run: Run, ...steps: number[]): Promise<void> {
  for (const step of steps) await saveCheckpoint(run, { step, tensors: stateAt(step) });
}

const expected = stateAt(0);

/** For where all are whole. */
function unwarned(sentence: string): never {
  throw new Error(sentence);
}

function files(run: Run): string[] {
  return [...Deno.readDirSync(run.file("checkpoints"))].map(({ name }) => name).sort();
}

runTest(config, "loadLatestCheckpoint() gives back what was saved last", async (run) => {
  assertEquals(await loadLatestCheckpoint(run, expected, unwarned), undefined);
  await save(run, 50, 100);
  assertEquals(await loadLatestCheckpoint(run, expected, unwarned), { step: 100, tensors: stateAt(100) });
});

runTest(config, "saveCheckpoint() keeps the newest two", async (run) => {
  await save(run, 900, 1000, 1100, 1100);
  assertEquals(files(run), ["step-000001000.safetensors", "step-000001100.safetensors"]);
});

runTest(config, "loadLatestCheckpoint() goes back to the newest that is whole, and says so", async (run) => {
  await save(run, 50, 100);
  const [older, newest] = files(run).map((name) => run.file(`checkpoints/${name}`));
  const bytes = await Deno.readFile(newest);
  bytes[bytes.length - 1] ^= 1;
  await Deno.writeFile(newest, bytes);
  const warnings: string[] = [];
  const checkpoint = await loadLatestCheckpoint(run, expected, (sentence) => warnings.push(sentence));
  assertEquals(checkpoint, { step: 50, tensors: stateAt(50) });
  const reason = "its numbers do not fit their checksum";
  assertEquals(warnings, [`${newest} is damaged (${reason}); the checkpoint of step 50 is taken in its place.`]);

  // Training goes on from there: the damaged one is neither kept nor counted.
  await save(run, 75);
  assertEquals(files(run), ["step-000000050.safetensors", "step-000000075.safetensors"]);
  for (const path of [older, run.file("checkpoints/step-000000075.safetensors")]) await Deno.truncate(path, 300);
  const error = await assertRejects(() => loadLatestCheckpoint(run, expected, () => {}), FailureError);
  assertEquals(
    error.message,
    `${older} is damaged (it ends within tensor encoder); no other is left: delete ${
      run.file("checkpoints")
    }, and the ` +
      "training starts over.",
  );
});

runTest(config, "loadLatestCheckpoint() notices a file under another's name", async (run) => {
  await save(run, 50);
  await Deno.rename(
    run.file("checkpoints/step-000000050.safetensors"),
    run.file("checkpoints/step-000000070.safetensors"),
  );
  await assertRejects(
    () => loadLatestCheckpoint(run, expected, unwarned),
    FailureError,
    "says it is of step 50, unlike its name",
  );
});

runTest(config, "loadLatestCheckpoint() notices another name, type or shape, which no checksum covers", async (run) => {
  await save(run, 50, 100);
  const path = run.file("checkpoints/step-000000100.safetensors");
  const text = new TextDecoder("latin1").decode(await Deno.readFile(path));
  const changes = [
    ['"encoder":', '"incoder":', "encoder is missing"],
    ["[4,3]", "[3,4]", "encoder is F32 [3,4] instead of F32 [4,3]"],
    ['"F64"', '"I64"', "adam.encoder.first is I64 [2] instead of F64 [2]"],
  ];
  for (const [from, to, reason] of changes) {
    await Deno.writeFile(path, Uint8Array.from(text.replace(from, to), (letter) => letter.charCodeAt(0)));
    const warnings: string[] = [];
    const checkpoint = await loadLatestCheckpoint(run, expected, (sentence) => warnings.push(sentence));
    assertEquals(checkpoint?.step, 50);
    assertEquals(warnings, [`${path} is damaged (${reason}); the checkpoint of step 50 is taken in its place.`]);
  }
});

for (const fault of faults) {
  runTest(config, `saveCheckpoint() leaves a whole checkpoint when a step fails (${fault})`, async (run) => {
    const interrupted = await atEveryStep(
      fault,
      async () => {
        await Deno.remove(run.file("checkpoints"), { recursive: true }).catch(() => undefined);
        await save(run, 100, 200);
      },
      async (_scene, disk) => save(await openRun(run.path, disk), 300),
      async (_scene, error) => {
        const latest = await loadLatestCheckpoint(run, expected, unwarned);
        assert(latest);
        assert([200, 300].includes(latest.step));
        assertEquals(latest.tensors, stateAt(latest.step));
        if (error === undefined) assertEquals(latest.step, 300);
        else assert(error instanceof FailureError, String(error));
        await save(run, 300);
        assertEquals(files(run), ["step-000000200.safetensors", "step-000000300.safetensors"]);
      },
    );
    assertGreater(interrupted, 8);
  });
}
