import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { parseSweep } from "../../../../analysis/study/sweep/sweep.ts";
import { sweepPoints } from "../../../../analysis/study/sweep/sweep_points.ts";
import { requireColumns, statusCounts, sweepTable, valueOf } from "../../../../analysis/study/sweep/sweep_table.ts";
import { csvOf, parquetOf } from "../../../../analysis/study/sweep/table_files.ts";
import { sweepPage } from "../../../../figures/page/sweep_page.ts";
import { UsageError } from "../../../../models/errors.ts";
import { createRun } from "../../../../models/run/create_run.ts";
import { runPython, skipWithoutPython } from "../../../python/run_python.ts";
import { inFolder } from "../../../tasks/run_task.ts";

/** A sweep of three points: one measured, one failed, one not begun. */
async function plantedTable(folder: string) {
  const points = sweepPoints(parseSweep(
    "{ preset: quick, sections: [values], grid: { model.hidden: [8, 16, 32] } }",
    "test.yaml",
  ));
  const run = await createRun(`${folder}/hidden-8`, points[0].config);
  await run.writeAnalysis({ version: 1, values: [], loss: { samples: 7 } });
  const failures = new Map([["hidden-16", 'diverged, "by" step 3']]);
  return await sweepTable(points, ({ config: { name } }) => `${folder}/${name}`, failures);
}

Deno.test("sweepTable() has a row a point: status, every setting, and the numbers of the sections asked for", () =>
  inFolder(async (folder) => {
    const table = await plantedTable(folder);
    assertEquals(table.columns.slice(0, 5), ["point", "status", "failure", "model.hidden", "training.seed"]);
    assertEquals(table.columns.includes("loss.samples"), false);
    assertEquals(table.rows.map((row) => [row.point, row.status, row.failure, row["model.hidden"]]), [
      ["hidden-8", "done", null, 8],
      ["hidden-16", "failed", 'diverged, "by" step 3', 16],
      ["hidden-32", "missing", null, 32],
    ]);
    assertEquals(table.rows[2]["task.noise"], "averaged");
    assertEquals(statusCounts(table), { done: 1, failed: 1, missing: 1 });
  }));

Deno.test("sweepTable() has a column for each order parameter, which the sweep's page offers; none where nothing has frozen", () =>
  inFolder(async (folder) => {
    const text = "{ preset: quick, sections: [order], grid: { model.hidden: [8, 16, 32] } }";
    const sweep = parseSweep(text, "test.yaml");
    const points = sweepPoints(sweep);
    const order = (value: number) => ({
      spreadWithinValues: value,
      unfrozenShare: value,
      featureDegreeEntropy: value,
      neuronDegreeEntropy: value,
      fourCyclesPerFeature: value,
      frustratedShare: value,
      overlapsPerWeight: value,
      overlapKurtosis: value,
    });
    for (const [index, data] of [order(0.25), order(0.5), null].entries()) {
      const { config } = points[index];
      await (await createRun(`${folder}/${config.name}`, config)).writeAnalysis({ version: 1, order: data });
    }
    const table = await sweepTable(points, ({ config: { name } }) => `${folder}/${name}`);
    assertEquals(statusCounts(table).done, 3);
    const columns = Object.keys(order(0)).map((key) => `order.${key}`);
    assertEquals(table.columns.filter((column) => column.startsWith("order")), columns);
    assertEquals(table.rows.map((row) => row["order.frustratedShare"]), [0.25, 0.5, null]);
    const page = sweepPage({ sweep, text, table, links: new Map(), figures: [] });
    for (const column of columns) assertStringIncludes(page, `"${column}"`);
  }));

Deno.test("valueOf() gives columns and ratios of them, NaN where there is nothing", () => {
  const row = { "model.features": 12, "model.hidden": 8, name: "x", empty: null };
  assertEquals(valueOf(row, "model.features"), 12);
  assertEquals(valueOf(row, "model.features / model.hidden"), 1.5);
  assertEquals([valueOf(row, "name"), valueOf(row, "empty"), valueOf(row, "none")], [NaN, NaN, NaN]);
  assertThrows(
    () => requireColumns({ columns: ["a"], rows: [] }, ["a", "a / b"]),
    UsageError,
    "The sweep's table has no column b.",
  );
});

const table = {
  columns: ["point", "number", "switch", "empty", "mixed"],
  rows: [
    { point: 'a "quoted", one', number: 0.1 + 0.2, switch: true, empty: null, mixed: 3 },
    { point: "b", number: null, switch: null, empty: null, mixed: "x" },
    { point: "c", number: -1e-300, switch: false, empty: null, mixed: null },
  ],
};

Deno.test("csvOf() writes numbers to their last bit and quotes what must be", () => {
  assertEquals(csvOf(table).split("\n"), [
    "point,number,switch,empty,mixed",
    '"a ""quoted"", one",0.30000000000000004,true,,3',
    "b,,,,x",
    "c,-1e-300,false,,",
    "",
  ]);
});

Deno.test({
  name: "pandas, pyarrow and DuckDB read the table from CSV and Parquet",
  ignore: skipWithoutPython("pandas", "pyarrow", "duckdb"),
  fn: () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/table.csv`, csvOf(table));
      await Deno.writeFile(`${folder}/table.parquet`, parquetOf(table));
      await runPython("check_table.py", `${folder}/table.csv`, `${folder}/table.parquet`);
    }),
});
