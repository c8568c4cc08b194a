import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readAnalysis } from "../../analysis/report/analysis.ts";
import { createRun, preset } from "../../mod.ts";
import { plantedRun } from "../figures/planted_run.ts";
import { inFolder, runTask } from "./run_task.ts";

const plan = ["--device", "cpu", "--full", "--plan"];

Deno.test("reproduce --only takes a run or a preset, and refuses what the plan does not have", () =>
  inFolder(async (folder) => {
    const { code, output, errors } = await runTask(
      "reproduce",
      folder,
      ...plan,
      "--only",
      "size-513-171",
      "--only",
      "big",
    );
    assertEquals([code, output], [2, ""]);
    assertMatch(errors, /^reproduce: The study has no "big"; choose from .*small-unfrustrated, .*size-513-171/);
    const named = await runTask("reproduce", folder, ...plan, "--only", "size-513-171");
    assertMatch(named.output, /^size-513-171 +2000 steps, about .*, and about .* to measure\nin all .*\n$/);
    assertEquals(Array.from(Deno.readDirSync(folder)), []);
  }));

Deno.test("reproduce leaves what is done out of the time plan", () =>
  inFolder(async (folder) => {
    const run = await createRun(`${folder}/runs/small-unfrustrated`, preset("small-unfrustrated"));
    const time = async () => {
      const { code, output, errors } = await runTask("reproduce", folder, ...plan, "--only", "small-unfrustrated");
      assertEquals(code, 0, errors);
      return output;
    };
    assertMatch(await time(), /^small-unfrustrated +2000 steps, about /);
    await run.write("weights.safetensors", "");
    assertMatch(await time(), /^small-unfrustrated +trained; seconds to measure\nin all +about 0 s\n$/);
    const measured = await readAnalysis(await plantedRun(folder, "measured"));
    await run.writeAnalysis({ ...measured, values: 3 });
    assertMatch(await time(), /^small-unfrustrated +trained; seconds to measure\n/);
    await run.writeAnalysis({ ...measured, values: [], featureTypes: null, computing: null, layers: null });
    assertMatch(await time(), /^small-unfrustrated +done\nin all +about 0 s\n$/);
  }));

Deno.test("reproduce --only keeps in the report what other runs of the study say, those of another plan too", () =>
  inFolder(async (folder) => {
    const measured = await readAnalysis(await plantedRun(folder, "measured"));
    const exact = { mean: 1.5, spread: 0.001 };
    const values = [{ degree: 1, shared: false, pairs: 8, encoder: exact, decoder: exact }];
    const none = { featureTypes: null, computing: null, layers: null };
    const runs = [
      { name: "small-unfrustrated", measurements: { values, ...none } },
      { name: "laptop-unsuperposed", measurements: { values, ...none } },
      { name: "quick", measurements: {} },
      { name: "boundary", measurements: { values: 3 } },
    ] as const;
    for (const { name, measurements } of runs) {
      const config = preset(name);
      const { features, hidden } = config.model;
      const run = await createRun(`${folder}/runs/${name}`, config);
      const [encoder, decoder] = [1.5, 0.5].map((value) =>
        Float32Array.from({ length: features * hidden }, (_, place) => place % 97 === 0 ? value : 0)
      );
      await run.writeWeights({ features, hidden, encoder, decoder });
      await run.writeAnalysis({ ...measured, ...measurements });
      await run.write("figures/headline.svg", "<svg/>");
    }
    const only = ["--device", "cpu", "--full", "--only", "small-unfrustrated"];
    const { code, output, errors } = await runTask("reproduce", folder, ...only);
    assertEquals(code, 0, errors);
    assertStringIncludes(output, "supported: 1. ");
    assertStringIncludes(errors, "boundary is left out of the report: ");
    const report = await Deno.readTextFile(`${folder}/runs/REPORT.md`);
    assertStringIncludes(report, "`deno task reproduce --device cpu --full --only small-unfrustrated`");
    assertStringIncludes(report, "`deno task reproduce --device cpu --full --only laptop-unsuperposed`");
    assertStringIncludes(report, "![headline of quick](quick/figures/headline.svg)");
    assertEquals(report.includes("--only boundary"), false);
  }));

Deno.test("reproduce says at once that another run is in the way", () =>
  inFolder(async (folder) => {
    const other = preset("boundary", { "training.seed": 7 });
    await createRun(`${folder}/runs/boundary`, other);
    const { code, output, errors } = await runTask("reproduce", folder, "--device", "cpu");
    assertEquals([code, output], [2, ""]);
    assertStringIncludes(
      errors,
      "reproduce: runs/boundary was begun with another training.seed; move it away to reproduce it.",
    );
    assertEquals(Array.from(Deno.readDirSync(`${folder}/runs`), ({ name }) => name), ["boundary"]);
  }));
