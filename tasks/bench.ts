/** `deno task bench`: wall time to a stated quality, and what a step costs, beside PyTorch. */
import { join } from "node:path";
import { UsageError } from "../models/errors.ts";
import { chooseDevice } from "../models/runtime/device.ts";
import { writeAtomically } from "../models/disk/atomic_write.ts";
import { bench, parts } from "./bench/bench.ts";
import { sizes } from "./bench/bench_recipes.ts";
import { runCommand } from "./command/command.ts";

await runCommand({
  name: "bench",
  summary:
    "Measures the wall time until a stated quality (held-out objective and frozen structure) for Pinfield and, where\n" +
    "python3 has it, for PyTorch: each contender with the best of a few recipes and the shortest schedule that gets there,\n" +
    "medians over seeds. Then the time of a step, memory, start-up, and the cost as d and h double. Measurements are kept\n" +
    "in OUT/measurements, so that an interrupted bench goes on; results are in OUT/bench.json and OUT/bench.md.",
  options: {
    preset: {
      value: "NAME",
      repeat: true,
      help: `which sizes (default ${sizes.map(({ preset }) => preset).join(", ")})`,
    },
    part: { value: "NAME", repeat: true, help: `which parts (default ${parts.join(", ")})` },
    quick: { help: "laptop only, one recipe, one seed, one repeat" },
    seeds: { value: "N", help: "trainings of every contender at its best recipe (default 3)" },
    repeats: { value: "N", help: "measurements of a step (default 5)" },
    device: { value: "NAME", help: "auto, cpu or cuda (default auto: cuda if it works, else cpu)" },
    out: { value: "FOLDER", help: "where to keep measurements and results (default .cache/bench)" },
    again: { help: "measure anew what OUT/measurements holds already; needed when the code has changed" },
  },
  async run(given) {
    const quick = given.on("quick");
    if (quick && given.all("preset").length > 0) throw new UsageError("--quick and --preset exclude each other.");
    const folder = given.text("out") ?? ".cache/bench";
    const options = {
      presets: chosen("preset", given.all("preset"), quick ? ["laptop"] : sizes.map(({ preset }) => preset)),
      parts: chosen("part", given.all("part"), parts),
      recipes: quick ? 1 : Infinity,
      seeds: given.whole("seeds", 1) ?? (quick ? 1 : 3),
      repeats: given.whole("repeats", 1) ?? (quick ? 1 : 5),
      device: await chooseDevice(given.text("device") ?? "auto", (choice) => console.error(choice)),
      measurements: join(folder, "measurements"),
      again: given.on("again"),
    };
    const { results, markdown } = await bench(options, (line) => console.error(line));
    await Deno.mkdir(folder, { recursive: true });
    await writeAtomically(join(folder, "bench.json"), JSON.stringify(results, undefined, 2) + "\n");
    await writeAtomically(join(folder, "bench.md"), markdown);
    console.log(markdown);
  },
});

/** The values of an option that may be repeated, or all that there are. */
function chosen(option: string, asked: readonly string[], all: readonly string[]): readonly string[] {
  const known = option === "preset" ? sizes.map(({ preset }) => preset) : all;
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--${option}: there is no "${unknown}" to measure; choose from ${known.join(", ")}.`);
  }
  return asked.length > 0 ? asked : all;
}
