import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { promptSections } from "../../../analysis/report/sections.ts";
import { studyOn } from "../../../analysis/study/study.ts";
import { remainingWork, unmeasured } from "../../../analysis/study/study_work.ts";
import { UsageError } from "../../../models/errors.ts";
import type { Device } from "../../../models/runtime/device.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { inFolder } from "../../tasks/run_task.ts";

Deno.test("studyOn() is reduced on a CPU, unless all is asked for", () => {
  assertEquals(names(studyOn("cpu")), names(studyOn("cuda", [], "reduced")));
  assert(names(studyOn("cpu")).every((name) => !name.startsWith("size-")));
});

const names = (works: ReturnType<typeof studyOn>) => works.map(({ config }) => config.name);

Deno.test("studyOn() has runs of different names, and all of the CPU's on CUDA too", () => {
  const [cpu, cuda] = [names(studyOn("cpu", [], "full")), names(studyOn("cuda"))];
  assertEquals(new Set(cuda).size, cuda.length);
  assert(cpu.every((name) => cuda.includes(name)));
  const sectionsAt = (device: Device) =>
    studyOn(device, [], "full").find(({ config }) => config.name === "superposition")!.keys;
  assert(sectionsAt("cuda").includes("pinningField") && !sectionsAt("cpu").includes("pinningField"));
});

Deno.test("studyOn() keeps ρ_D·d over the sizes, as the recipe asks", () => {
  const sizes = studyOn("cuda", ["superposition"]).filter(({ config }) => config.name.startsWith("size-"));
  assert(sizes.length > 4);
  for (const { config: { model, loss } } of sizes) assertEquals(Math.round(loss.decoderRidge * model.features), 31);
});

Deno.test("studyOn() takes a run or all of a preset, and says what there is", () => {
  assertEquals(names(studyOn("cpu", ["laptop", "size-513-171"], "full")), ["laptop", "size-513-171"]);
  assertThrows(() => studyOn("cpu", ["big"]), UsageError, 'The study has no "big"; choose from laptop-unsuperposed, ');
});

Deno.test("remainingWork() leaves out what is trained and measured, and refuses another experiment", () =>
  inFolder(async (folder) => {
    const path = `${folder}/boundary`;
    const [work] = studyOn("cpu", ["boundary"]);
    const { steps } = work.config.training;
    assertEquals(await remainingWork(work, path), { ...work, steps });
    const run = await createRun(path, work.config);
    assertEquals(await remainingWork(work, path), { ...work, steps });
    await run.write("weights.safetensors", "");
    assertEquals(await remainingWork(work, path), { ...work, steps: 0 });
    await run.writeAnalysis({ version: 1, values: [] });
    assertEquals(await unmeasured(run, promptSections), promptSections.filter((key) => key !== "values"));
    const training = { ...work.config.training, seed: 7 };
    const other = { ...work, config: { ...work.config, training } };
    await assertRejects(() => remainingWork(other, path), UsageError, "begun with another training.seed");
  }));
