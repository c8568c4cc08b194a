import { join } from "node:path";
import { assert, assertEquals, assertGreater, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { drawRun } from "../../../figures/page/gallery.ts";
import { drawSweep } from "../../../figures/page/sweep_gallery.ts";
import { writeRunsIndex } from "../../../figures/page/runs_index.ts";
import { UsageError } from "../../../models/errors.ts";
import { inFolder } from "../../tasks/run_task.ts";
import type { Browser } from "playwright-core";
import { assertNoHorizontalScroll, onPage, withBrowser, withoutBrowser } from "../browser.ts";
import { plantedSweep, plantedSweepText, plantedTable } from "../planted_sweep.ts";
import { plantedRun } from "../planted_run.ts";
import { assertStandalone } from "../svg.ts";

const desk = { width: 1200, height: 800 };
const phone = { width: 380, height: 700 };

Deno.test("drawRun() writes every figure, the movie and a page that links to what is there", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    const figures = await drawRun(run);
    const expected = ["headline", "loss-curve", "encoder-histogram", "clusters", "corner-types"];
    assertEquals(figures.map(({ name }) => name), expected);
    for (const name of [...expected, "movie"]) assertStandalone(await run.readText(`figures/${name}.svg`));
    const page = await run.readText("index.html");
    assertStringIncludes(page, "Planted weights &lt;1&gt; &amp; more.");
    assertStringIncludes(page, "deno task train-superposition --config runs/planted/config.yaml");
    assertStringIncludes(page, "The nonzeros of a neuron share one sign");
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assertEquals(new Set(ids).size, ids.length, "ids are not unique");
    await run.write("summary.md", "");
    await writeRunsIndex(folder);
    for (const [, link] of page.matchAll(/href="([^"#][^":]*)"/g)) {
      assert(await Deno.stat(join(run.path, link)).then(() => true, () => false), `no ${link}`);
    }
    for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) assert(ids.includes(id), `no #${id}`);
  });
});

Deno.test("drawRun() leaves the movie out where there are no snapshots", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    await Deno.remove(run.file("snapshots.safetensors"));
    await drawRun(run);
    assert(!await run.has("movie.html"));
    assert(!(await run.readText("index.html")).includes("movie.html"));
  });
});

Deno.test("drawRun() says what to measure where there are no clusters", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    await run.writeAnalysis({});
    await assertRejects(() => drawRun(run), UsageError, "measure them first");
  });
});

Deno.test("drawRun() draws a run whose pair cannot be read without it", async () => {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted", 1, "other");
    const pair = await plantedRun(folder, "other");
    const headlineOf = async () => (await drawRun(run)).find(({ name }) => name === "headline")!;
    const both = (await headlineOf()).panels.length;
    await pair.write("analysis.json", '{"clusters": 3}');
    assertGreater(both, (await headlineOf()).panels.length);
  });
});

Deno.test("writeRunsIndex() leaves out a run whose pinning field is damaged, and says so", async () => {
  await inFolder(async (folder) => {
    const runs = [await plantedRun(folder, "damaged"), await plantedRun(folder, "whole")];
    for (const run of runs) await drawRun(run);
    await runs[0].writeAnalysis({ pinningField: { solves: [] } });
    const reasons: string[] = [];
    const page = await Deno.readTextFile(await writeRunsIndex(folder, (reason) => reasons.push(reason)));
    assert(page.includes("whole/index.html") && !page.includes("damaged/index.html"));
    assertEquals(reasons.length, 1);
    assertStringIncludes(reasons[0], "damaged/analysis.json: pinningField is not as this Pinfield writes it");
  });
});

async function runPageShows(browser: Browser): Promise<void> {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    const figures = await drawRun(run);
    for (const screen of [desk, phone, { ...desk, colorScheme: "dark" as const }]) {
      await onPage(browser, run.file("index.html"), screen, async (page) => {
        await assertNoHorizontalScroll(page);
        for (const { name } of figures) {
          const shown = page.locator(`#${name} svg.pinfield:visible`);
          assertEquals(await shown.count(), 1, name);
          const box = (await shown.boundingBox())!;
          assertGreater(box.width, 0.8 * Math.min(screen.width, 400));
          assert(box.x >= 0 && box.x + box.width <= screen.width, name);
        }
      });
    }
    const ground = async (colorScheme: "light" | "dark") => {
      let colour = "";
      await onPage(browser, run.file("index.html"), { ...desk, colorScheme }, async (page) => {
        colour = await page.evaluate(
          "getComputedStyle(document.querySelector('#clusters .wide-only svg > rect')).fill",
        );
      });
      return colour;
    };
    assertNotEquals(await ground("light"), await ground("dark"));
    await onPage(browser, run.file("index.html"), desk, async (page) => {
      await page.keyboard.press("Tab");
      assertEquals(await page.evaluate("document.activeElement.textContent"), "Skip to the content");
      await page.keyboard.press("Enter");
      assertEquals(await page.evaluate("location.hash"), "#main");
    });
  });
}

async function moviePlays(browser: Browser): Promise<void> {
  await inFolder(async (folder) => {
    const run = await plantedRun(folder, "planted");
    await drawRun(run);
    await onPage(browser, run.file("movie.html"), desk, async (page) => {
      const step = page.locator("#step");
      const picture = () => page.evaluate("document.getElementById('pairs').toDataURL()");
      const marker = async () => (await page.locator("#marker").boundingBox())!.x;
      await step.getByText("step 400").waitFor();
      const [lastPicture, lastMarker] = [await picture(), await marker()];
      await page.locator("#frame").fill("1");
      assertEquals(await step.textContent(), "step 10");
      assertNotEquals(await picture(), lastPicture);
      assertGreater(lastMarker, await marker());
      await page.locator("#frame").press("ArrowRight");
      assertEquals(await step.textContent(), "step 100");
      await page.keyboard.press("Home");
      assertEquals(await step.textContent(), "step 1");
      await page.keyboard.press("ArrowRight");
      assertEquals(await step.textContent(), "step 10");
      await page.keyboard.press("End");
      assertEquals([await step.textContent(), await picture()], ["step 400", lastPicture]);

      await page.locator("body").press(" ");
      assertEquals(await page.locator("#play").textContent(), "Pause");
      await step.getByText("step 400").waitFor();
      await page.locator("#play").getByText("Play").waitFor();
      await page.locator("#play").press("Enter");
      assertEquals(await page.locator("#play").textContent(), "Pause");
      await page.locator("#play").click();
      assertEquals(await page.locator("#play").textContent(), "Play");
    });
    for (const screen of [desk, { ...phone, colorScheme: "dark" as const }]) {
      await onPage(browser, run.file("movie.html"), screen, async (page) => {
        await page.locator("#step").getByText("step 400").waitFor();
        await assertNoHorizontalScroll(page);
        const pictures = new Set<unknown>();
        for (const colours of ["cluster", "degree", "followed"]) {
          await page.locator("#colours").selectOption(colours);
          pictures.add(await page.evaluate("document.getElementById('pairs').toDataURL()"));
          assertGreater(await page.locator("#legend li").count(), 1, colours);
        }
        await page.locator("#others").click();
        pictures.add(await page.evaluate("document.getElementById('pairs').toDataURL()"));
        assertEquals(pictures.size, 4);
      });
    }
  });
}

async function runsCompare(browser: Browser): Promise<void> {
  await inFolder(async (folder) => {
    for (const [index, name] of ["first", "second"].entries()) await drawRun(await plantedRun(folder, name, index));
    await Deno.remove(join(folder, "second", "figures", "corner-types.svg"));
    const path = await writeRunsIndex(folder);
    for (const screen of [desk, phone]) {
      await onPage(browser, path, screen, async (page) => {
        await assertNoHorizontalScroll(page);
        const headlines = page.locator("img[src$='headline.svg']");
        assertEquals(await headlines.count(), 2);
        for (const image of await headlines.all()) {
          await image.scrollIntoViewIfNeeded();
          assertGreater(await image.evaluate((node) => (node as HTMLImageElement).naturalWidth), 0);
        }
        const objectives = page.locator("#comparison tr", { hasText: "held-out objective" }).locator("td");
        assertEquals(await objectives.allTextContents(), ["7.500 ± 0.010", "8.500 ± 0.010"]);
        assertEquals(await page.locator(".absent").allTextContents(), [
          "second has no figure “Types within a corner”.",
        ]);
        await page.locator("#left").selectOption("second");
        assertEquals(await objectives.allTextContents(), ["8.500 ± 0.010", "8.500 ± 0.010"]);
        assertEquals(await page.locator("img[src^='first']").count(), 0);
      });
    }
  });
}

async function sweepChooses(browser: Browser): Promise<void> {
  await inFolder(async (folder) => {
    for (const { point } of plantedTable.rows) {
      await Deno.mkdir(join(folder, String(point)));
      await Deno.writeTextFile(join(folder, String(point), "summary.md"), `The run ${point}.`);
    }
    const path = await drawSweep({ sweep: plantedSweep, text: plantedSweepText, table: plantedTable, folder });
    await onPage(browser, path, desk, async (page) => {
      await assertNoHorizontalScroll(page);
      const points = page.locator("#plot a");
      assertEquals(await points.count(), 17);
      assertEquals(await page.locator("#shown").textContent(), "17 of 17 runs have both values.");
      assertEquals(await page.locator("figure").count(), 2);
      assertEquals(await page.locator("li", { hasText: "diverged <badly>" }).count(), 1);
      // What the first figure shows is chosen at first, on its scales.
      const chosen = () => page.locator("#plot").innerHTML();
      assertEquals(await page.locator("#x-log").isChecked(), true);
      const before = await chosen();
      await page.locator("#x").selectOption("training.seed");
      await page.locator("#x-log").uncheck();
      await page.locator("#y").selectOption("meanField.density");
      await page.locator("#colour").selectOption("task.noiseVariance");
      assert(await chosen() !== before);
      // Where theory has no solution there is no point.
      assertEquals(await page.locator("#shown").textContent(), "12 of 17 runs have both values.");
      assertEquals(await points.count(), 12);
      const name = "hidden-16-noise-variance-0.001-seed-0";
      const point = page.locator(`#plot a[aria-label="${name}"]`);
      await point.hover();
      const told = `${name}, training.seed = 0, meanField.density = 0.019, task.noiseVariance = 0.001`;
      assertEquals(await page.locator("#point").textContent(), told);
      // The choice is part of the address, so that it survives going back.
      assertStringIncludes(page.url(), "#training.seed,meanField.density~,task.noiseVariance");
      assertEquals(await point.getAttribute("href"), `${name}/summary.md`);
      await point.click();
      await page.waitForURL("**/summary.md");
      await page.goBack();
      await page.locator("#shown").getByText("12 of 17").waitFor();
    });
    await onPage(browser, path, { ...phone, colorScheme: "dark" }, assertNoHorizontalScroll);
  });
}

const behaviours: Readonly<Record<string, (browser: Browser) => Promise<void>>> = {
  "the page of a run shows its figures, on a desk and on a phone, light and dark": runPageShows,
  "the movie plays, pauses and goes where slider and keys say": moviePlays,
  "the page of all runs compares any two of them": runsCompare,
  "the page of a sweep shows its points in the plane of one's choice, and leads to their runs": sweepChooses,
};

Deno.test({
  name: "the pages in a browser",
  ignore: withoutBrowser,
  async fn(test) {
    await withBrowser(async (browser) => {
      for (const [name, check] of Object.entries(behaviours)) await test.step(name, () => check(browser));
    });
  },
});
