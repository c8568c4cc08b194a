import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import manifest from "../../deno.json" with { type: "json" };
import { inFolder, runTask } from "./run_task.ts";

/** A task's own options, and a mistake with what is said to it. */
interface Expected {
  readonly options: readonly string[];
  readonly mistake: readonly string[];
  readonly answer: RegExp;
}

const expected: Readonly<Record<string, Expected>> = {
  "train-superposition": {
    options: ["preset", "config", "set", "device", "seed", "steps", "name", "only", "resume", "overwrite"],
    mistake: ["--resume", "--overwrite"],
    answer: /exclude each other/,
  },
  figures: {
    options: ["open", "format", "width", "pixels-per-inch"],
    mistake: ["absent"],
    answer: /no run at runs\/absent/,
  },
  watch: { options: [], mistake: ["absent"], answer: /no run at runs\/absent/ },
  analyse: { options: ["only", "device"], mistake: [], answer: /name the runs to measure/ },
  import: {
    options: ["name", "config", "set", "encoder", "decoder", "transposed", "device", "overwrite"],
    mistake: ["absent.safetensors", "--name", "theirs", "--device", "cpu"],
    answer: /There is no file absent.safetensors/,
  },
  sweep: {
    options: ["device", "engine", "workers", "sbatch", "plan"],
    mistake: ["absent.yaml", "--device", "cpu"],
    answer: /There is no file absent\.yaml, and no sweep of that name; choose from .*study-cpu/,
  },
  bench: {
    options: ["preset", "part", "quick", "seeds", "repeats", "device", "out", "again"],
    mistake: ["--device", "cpu", "--preset", "huge"],
    answer: /no "huge" to measure; choose from laptop/,
  },
  doctor: { options: ["preset"], mistake: ["--preset", "huge"], answer: /no preset "huge"; choose one of .*laptop/ },
  "setup-cuda": { options: ["cuda", "offline"], mistake: ["--cuda", "eleven"], answer: /--cuda must be 13 or 12/ },
  "bundle-cuda": {
    options: ["piece-size", "compression", "offline"],
    mistake: [],
    answer: /name one folder for the bundle/,
  },
  reproduce: {
    options: ["device", "only", "full", "plan"],
    mistake: ["--device", "cpu", "--only", "huge"],
    answer: /The study has no "huge"; choose from .*laptop/,
  },
};

Deno.test("every task of the project is listed here", () => {
  const ours = Object.entries(manifest.tasks).filter(([, command]) => command.includes(" tasks/"));
  assertEquals(Object.keys(expected).toSorted(), ours.map(([name]) => name).toSorted());
});

for (const [task, { options, mistake, answer }] of Object.entries(expected)) {
  Deno.test(`${task} lists its options, and answers a mistake with one sentence and exit code 2`, () =>
    inFolder(async (folder) => {
      const [help, refused] = await Promise.all([
        runTask(task, folder, "--help"),
        runTask(task, folder, ...mistake),
      ]);
      assertEquals([help.code, help.errors], [0, ""]);
      const listed = [...help.output.matchAll(/^ {2}--(\S+)/gm)].map(([, option]) => option);
      assertEquals(listed, [...options, "verbose", "help"]);
      assertEquals([refused.code, refused.output], [2, ""], refused.errors);
      const said = refused.errors.trimEnd().split("\n").filter((line) => !line.startsWith("device: "));
      assertEquals(said.length, 1, refused.errors);
      assertStringIncludes(said[0], `${task}: `);
      assertMatch(said[0], answer);
      assert(said[0].endsWith("."), said[0]);
      assertEquals(Array.from(Deno.readDirSync(folder)), []);
    }));
}
