import { assertEquals } from "@std/assert";
import { openMeasurements } from "../../../tasks/bench/bench_measurements.ts";
import { inFolder } from "../run_task.ts";

Deno.test("openMeasurements() measures once for every question and circumstance, and anew when asked to", () =>
  inFolder(async (folder) => {
    let measured = 0;
    const measure = () => Promise.resolve(++measured);
    const first = openMeasurements(folder, "here", false);
    assertEquals(await first("step", { batch: 1 }, measure), 1);
    assertEquals(await first("step", { batch: 1 }, measure), 1);
    assertEquals(await first("step", { batch: 2 }, measure), 2);
    assertEquals(await openMeasurements(folder, "here", false)("step", { batch: 1 }, measure), 1);
    assertEquals(await openMeasurements(folder, "elsewhere", false)("step", { batch: 1 }, measure), 3);
    const again = openMeasurements(folder, "here", true);
    assertEquals(await again("step", { batch: 1 }, measure), 4);
    assertEquals(await again("step", { batch: 1 }, measure), 4);
  }));
