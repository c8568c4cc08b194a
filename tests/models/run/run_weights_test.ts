import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { openRun } from "../../../models/run/run.ts";
import { transpose } from "../../../models/run/safetensors/transpose.ts";
import { runTest } from "./in_run.ts";
import { atEveryStep, faults } from "../disk/faulty_disk.ts";

const config = parseConfig({ name: "tiny", model: { features: 4, hidden: 3 }, training: { steps: 10 } }, "test");
const weights = {
  features: 4,
  hidden: 3,
  encoder: Float32Array.from({ length: 12 }, (_, index) => index / 7),
  decoder: Float32Array.from({ length: 12 }, (_, index) => -index),
};

runTest(config, "readWeights() gives back what writeWeights() was given", async (run) => {
  await run.writeWeights(weights);
  assertEquals(await run.readWeights(), weights);
  // PyTorch's shapes on disk: the encoder [h, d], the decoder [d, h].
  const bytes = await run.readBytes("weights.safetensors");
  const numbers = new Float32Array(bytes.buffer, bytes.length - 2 * 12 * 4);
  assertEquals(numbers.subarray(0, 12), weights.decoder);
  assertEquals(numbers.subarray(12), transpose(weights.encoder, 4, 3));
});

runTest(config, "readWeights() says what is missing or damaged, and what to do", async (run) => {
  await assertRejects(() => run.readWeights(), UsageError, `${run.path} has no weights.safetensors yet`);
  await run.writeWeights(weights);
  const bytes = await run.readBytes("weights.safetensors");
  await run.write("weights.safetensors", bytes.subarray(0, bytes.length - 1));
  await assertRejects(() => run.readWeights(), FailureError, "weights.safetensors is damaged (it ends within tensor");
});

for (const fault of faults) {
  runTest(config, `writeWeights() leaves the old weights or the new when a step fails (${fault})`, async ({ path }) => {
    const later = { ...weights, encoder: weights.decoder };
    const steps = await atEveryStep(
      fault,
      async () => {
        const run = await createRun(path, config, { overwrite: true });
        await run.writeWeights(weights);
        return run;
      },
      async (_run, disk) => (await openRun(path, disk)).writeWeights(later),
      async (run, error) => {
        const { encoder } = await run.readWeights();
        const isNew = encoder[1] === later.encoder[1];
        assertEquals(encoder, isNew ? later.encoder : weights.encoder);
        if (error === undefined) assert(isNew);
      },
    );
    assertGreater(steps, 5);
  });
}
