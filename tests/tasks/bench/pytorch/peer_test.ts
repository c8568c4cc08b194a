import { assert, assertEquals, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { loadPreset } from "../../../../models/experiment/presets.ts";
import { type Contender } from "../../../../tasks/bench/contenders.ts";
import { runJob } from "../../../../tasks/bench/job.ts";
import { peerJob } from "../../../../tasks/bench/pytorch/peer.ts";
import { measureQuality } from "../../../../tasks/bench/quality.ts";
import { runPython, skipWithoutPython } from "../../../python/run_python.ts";

const eager = { runtime: "pytorch", method: "sampled" } as const;

Deno.test("peerJob() refuses an experiment that PyTorch's script does not train", () => {
  assertEquals(peerJob(loadPreset("laptop"), eager).features, 512);
  const refused = (settings: Record<string, unknown>) =>
    assertThrows(() => peerJob(loadPreset("laptop", settings), eager), RangeError, "not written for");
  refused({ "model.activation": "relu" });
  refused({ "task.activeFeatures": 3 });
  refused({ "loss.encoderRidge": 0.1 });
  refused({ "loss.name": "softmax" });
  refused({ "optimizer.name": "sgd" });
  refused({ "schedule.name": "constant" });
});

Deno.test({
  name: "averaged.py's loss is the average over sampled noise, and its gradients are those of its loss",
  ignore: skipWithoutPython("torch", "numpy"),
  async fn() {
    const folder = fileURLToPath(new URL("../../../../tasks/bench/pytorch/", import.meta.url));
    await runPython("../tasks/bench/pytorch/check_averaged_loss.py", folder);
  },
});

Deno.test({
  name: "train.py trains what Pinfield trains: both methods reach the objective that Pinfield reaches",
  ignore: skipWithoutPython("torch", "numpy"),
  async fn() {
    const config = loadPreset("quick", {
      "model.features": 32,
      "model.hidden": 16,
      "training.batch": 128,
      "training.steps": 300,
    });
    const objective = async (contender: Pick<Contender, "runtime" | "method">) => {
      const { weights, seconds, peakBytes } = await runJob(contender, config, { device: "cpu" });
      assert(seconds.length === 1 && seconds[0] > 0 && peakBytes > 2 ** 24, `${seconds} s, ${peakBytes} bytes`);
      return (await measureQuality(config, weights)).objective;
    };
    const ours = await objective({ runtime: "pinfield", method: "sampled" });
    const peers = [await objective(eager), await objective({ runtime: "pytorch", method: "averaged" })];
    // Of zero weights it is k·λ = 32; what is left of the difference is the luck of a small network.
    assert(peers.every((peer) => Math.abs(peer / ours - 1) < 0.15), `${ours} against ${peers}`);
  },
});
