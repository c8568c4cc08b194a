import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Analysis } from "../../../../analysis/report/analysis.ts";
import type { Verdict } from "../../../../analysis/report/section.ts";
import { studyMarkdown } from "../../../../analysis/study/report/study_markdown.ts";
import { conclusionOf, type FinishedRun, studyReport, tally } from "../../../../analysis/study/report/study_report.ts";
import { preset } from "../../../../models/experiment/presets.ts";
import { claims } from "../../../../analysis/study/report/claims.ts";

const group = (spread: number) => ({
  degree: 1,
  features: 256,
  pairs: 256,
  encoder: { mean: 1.5, spread },
  decoder: { mean: 0.6, spread },
});

/** An unsuperposed run whose values have a spread. */
function run(name: string, spread: number): FinishedRun {
  const analysis = { version: 1, values: [group(spread)] } as unknown as Analysis;
  const config = { ...preset("laptop-unsuperposed"), name };
  return { config, analysis, figures: ["headline", "encoder-histogram"], command: `make ${name}` };
}

Deno.test("conclusionOf() follows from the verdicts alone", () => {
  const cases: [string, Verdict["verdict"][], string][] = [
    ["not measured", [], "nothing that was measured decides it"],
    ["open", ["open"], "0 of 1 test supports it, 1 is open"],
    ["supported", ["supported", "open", "supported"], "2 of 3 tests support it, 1 is open"],
    ["not supported", ["not supported", "not supported"], "0 of 2 tests support it, 2 do not"],
    ["supported in part", ["supported", "not supported"], "1 of 2 tests support it, 1 does not"],
  ];
  for (const [conclusion, verdicts, words] of cases) {
    const given = verdicts.map((verdict) => ({ verdict }));
    assertEquals([conclusionOf(given), tally(given)], [conclusion, words]);
  }
});

Deno.test("studyReport() has every claim in its order, judged by the runs, with the figures that there are", () => {
  const conclusions = (...runs: FinishedRun[]) => studyReport(runs).claims.map(({ conclusion }) => conclusion);
  const [exact, blurred] = [run("exact", 0.001), run("blurred", 0.5)];
  const none = "not measured";
  assertEquals(conclusions(), [none, none, none, none, none, none, none]);
  assertEquals(conclusions(exact), ["supported", none, "supported", none, none, none, none]);
  assertEquals(conclusions(blurred), ["not supported", none, "not supported", none, none, none, none]);
  assertEquals(conclusions(exact, blurred)[0], "supported in part");
  const third = studyReport([exact, blurred]).claims[2];
  assertEquals(third.figures.map(({ run, figure }) => [run.config.name, figure]), [["exact", "encoder-histogram"]]);
});

Deno.test("studyMarkdown() says of each test the run, the number, what it is compared with, and the command", () => {
  const text = studyMarkdown(studyReport([run("exact", 0.001)]), "make all");
  assertStringIncludes(text, "![encoder-histogram of exact](exact/figures/encoder-histogram.svg)");
  assertStringIncludes(text, "| [exact](exact/index.html) | Without superposition the weights take");
  assertStringIncludes(text, "widest encoder spread 0.001");
  assertStringIncludes(text, "| supported | `make exact` |");
  assertStringIncludes(text, "**not measured**: nothing that was measured decides it.");
});

Deno.test("every figure that shows a claim is one that the charts draw", () => {
  const charts = new URL("../../../../figures/charts/", import.meta.url);
  const names = new Set<string>();
  for (const { name: folder } of Array.from(Deno.readDirSync(charts)).filter(({ isDirectory }) => isDirectory)) {
    for (const { name } of Deno.readDirSync(new URL(`${folder}/`, charts))) {
      const text = Deno.readTextFileSync(new URL(`${folder}/${name}`, charts));
      for (const [, figure] of text.matchAll(/name: "([a-z-]+)"/g)) names.add(figure);
    }
  }
  const shown = claims.flatMap(({ shownBy }) => shownBy.map(({ figure }) => figure));
  assertEquals(shown.filter((figure) => !names.has(figure)), []);
});
