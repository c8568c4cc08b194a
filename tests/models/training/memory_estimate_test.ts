import { assert, assertEquals } from "@std/assert";
import { loadPreset, type Settings } from "../../../models/experiment/presets.ts";
import { trainingMemory } from "../../../models/training/memory_estimate.ts";

const followed = 8192;
const estimate = (settings: Settings = {}) => trainingMemory(loadPreset("laptop-sampled", settings), followed);

/** The peak memory of a process that trains, in bytes. */
async function measured(preset: string, settings: Settings): Promise<number> {
  const script = `
    import { loadPreset } from "${import.meta.resolve("../../../models/experiment/presets.ts")}";
    import { train } from "${import.meta.resolve("../../../models/training/trainer.ts")}";
    const config = loadPreset("${preset}", ${JSON.stringify(settings)});
    const pairs = Array.from({ length: ${followed} }, (_, pair) => pair);
    for await (const _chunk of train(config, { pairs }));
    console.log(/VmHWM:\\s+(\\d+) kB/.exec(Deno.readTextFileSync("/proc/self/status"))[1]);
  `;
  const file = await Deno.makeTempFile({ dir: new URL("./", import.meta.url).pathname, prefix: ".", suffix: ".js" });
  try {
    await Deno.writeTextFile(file, script);
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--allow-all", "--no-check", file],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    return 1024 * Number(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(file);
  }
}

for (
  const settings of [
    { "training.batch": 4096, "task.activeFeatures": 4 },
    { "training.batch": 4096, "task.noise": "averaged", "task.mehlerOrder": 2 },
    { "model.features": 2048, "model.hidden": 1024, "training.batch": 64 },
  ] as Settings[]
) {
  const changed = Object.entries(settings).map(([key, value]) => `${key} = ${value}`).join(", ");
  Deno.test({
    name: `trainingMemory() is what a training takes within a factor of 1.5: ${changed}`,
    ignore: Deno.build.os !== "linux",
    fn: async () => {
      const short = { ...settings, "training.steps": 4, "training.chunk": 2 };
      const ratio = estimate(short).total / await measured("laptop-sampled", short);
      assert(ratio > 1 / 1.5 && ratio < 1.5, `estimate / measured = ${ratio}`);
    },
  });
}

Deno.test("trainingMemory() grows with what takes the memory", () => {
  const { weights, batch, record } = estimate();
  assertEquals(estimate({ "model.features": 2 * 512 }).weights, 2 * weights);
  assertEquals(estimate({ "optimizer.name": "sgd" }).weights, weights / 2);
  const sizes = estimate({ "training.batch": 2 * 512, "loss.form": "dense" });
  assertEquals(sizes.batch, 2 * estimate({ "loss.form": "dense" }).batch);
  assertEquals(estimate({ "training.chunk": 100 }).record, 2 * record);
  assertEquals(estimate({ "training.chunk": 1e6 }).record, estimate({ "training.chunk": 1200 }).record);
  assert(estimate({ "training.supportsPerNoise": 4 }).batch < batch);
});
