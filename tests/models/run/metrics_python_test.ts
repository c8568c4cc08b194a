import { assertEquals } from "@std/assert";
import { formatMetrics } from "../../../models/run/metrics.ts";
import { runPython, skipWithoutPython } from "../../python/run_python.ts";

Deno.test({
  name: "pandas reads metrics.jsonl as a table of numbers, with NaN where there was none",
  ignore: skipWithoutPython("pandas"),
  async fn() {
    const path = await Deno.makeTempFile({ suffix: ".jsonl" });
    try {
      const rows = [{ step: 10, objective: 32, seconds: 0.5 }, { step: 20, objective: 7.25, seconds: 1 }];
      await Deno.writeTextFile(path, formatMetrics([...rows, { step: 30, objective: NaN, seconds: 1.5 }]));
      assertEquals(JSON.parse(await runPython("read_metrics.py", path)), {
        types: { step: "int64", objective: "float64", seconds: "float64" },
        steps: [10, 20, 30],
        lowest: 7.25,
        missing: 1,
      });
    } finally {
      await Deno.remove(path);
    }
  },
});
