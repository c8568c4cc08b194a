import { assert, assertEquals, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { loadPreset } from "../../../../models/experiment/presets.ts";
import type { Contender } from "../../../../tasks/bench/contenders.ts";
import { runJob } from "../../../../tasks/bench/bench_job.ts";
import { peerJob } from "../../../../tasks/bench/pytorch/peer.ts";
import { measureQuality } from "../../../../tasks/bench/bench_quality.ts";
import { lacksPython, runPython } from "../../../python/run_python.ts";

const eager = { runtime: "pytorch" } as const;
const sampled = { "task.noise": "sampled", "task.supports": "independent" };
const averaged = { "task.noise": "averaged", "task.supports": "balanced" };

Deno.test("peerJob() refuses an experiment that PyTorch's script does not train", () => {
  assertEquals(peerJob(loadPreset("laptop-sampled", sampled), eager).features, 512);
  const refused = (settings: Record<string, unknown>) =>
    assertThrows(
      () => peerJob(loadPreset("laptop-sampled", { ...sampled, ...settings }), eager),
      RangeError,
      "not written for",
    );
  refused({ "model.activation": "relu" });
  refused({ "task.activeFeatures": 3 });
  refused({ "task.supports": "balanced" });
  refused({ ...averaged, "task.mehlerOrder": 2 });
  refused({ "loss.encoderRidge": 0.1 });
  refused({ "loss.name": "softmax" });
  refused({ "optimizer.name": "sgd" });
  refused({ "schedule.name": "constant" });
});

Deno.test({
  name: "averaged.py's loss is the average over sampled noise, and its gradients are those of its loss",
  ignore: lacksPython("torch", "numpy"),
  async fn() {
    const folder = fileURLToPath(new URL("../../../../tasks/bench/pytorch/", import.meta.url));
    await runPython("../tasks/bench/pytorch/check_averaged_loss.py", folder);
  },
});

Deno.test({
  name: "train.py trains what Pinfield trains: both methods reach the objective that Pinfield reaches",
  ignore: lacksPython("torch", "numpy"),
  async fn() {
    const small = {
      "model.features": 32,
      "model.hidden": 16,
      "training.batch": 128,
      "training.steps": 300,
      "training.supportsPerNoise": 1,
    };
    const objective = async (contender: Pick<Contender, "runtime">, method: Record<string, unknown>) => {
      const config = loadPreset("quick", { ...small, ...method });
      const { weights, seconds, peakBytes } = await runJob(contender, config, { device: "cpu" });
      assert(seconds.length === 1 && seconds[0] > 0 && peakBytes > 2 ** 24, `${seconds} s, ${peakBytes} bytes`);
      return (await measureQuality(config, weights)).objective;
    };
    const [first, ...others] = [
      await objective({ runtime: "pinfield" }, sampled),
      await objective({ runtime: "pinfield" }, averaged),
      await objective(eager, sampled),
      await objective(eager, averaged),
    ];
    // Of zero weights it is k·λ = 32; what is left of the difference is the luck of a small network.
    assert(others.every((other) => Math.abs(other / first - 1) < 0.15), `${first} against ${others}`);
  },
});
