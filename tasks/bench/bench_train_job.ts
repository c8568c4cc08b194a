/** Trains one experiment in Pinfield for `runJob` of bench_job.ts, as pytorch/train.py does in PyTorch; the job's file is the argument. */
import process from "node:process";
import type { Config } from "../../models/experiment/config.ts";
import type { Device } from "../../models/runtime/device.ts";
import { train } from "../../models/training/trainer.ts";
import { initialState, weightsOf } from "../../models/training/training_state.ts";

const job = JSON.parse(await Deno.readTextFile(Deno.args[0])) as {
  config: Config;
  device: Device;
  lengths: number[];
  weights: string;
};

let last = initialState(job.config);
const seconds: number[] = [];
for (const steps of job.lengths) {
  const config = { ...job.config, training: { ...job.config.training, steps } };
  const started = performance.now();
  for await (const { state } of train(config, { device: job.device })) last = state;
  seconds.push((performance.now() - started) / 1000);
}
const file = await Deno.open(job.weights, { write: true, create: true });
const { encoder, decoder } = weightsOf(job.config, last);
for (const { buffer, byteOffset, byteLength } of [encoder, decoder]) {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
}
file.close();
// Node counts in units of 1024 bytes.
console.log(JSON.stringify({ seconds, firstStepSeconds: 0, peakBytes: 1024 * process.resourceUsage().maxRSS }));
