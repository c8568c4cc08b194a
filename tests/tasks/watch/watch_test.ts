import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { parseConfig } from "../../../models/experiment/config.ts";
import { createRun } from "../../../models/run/create_run.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { assertNoHorizontalScroll, withBrowser, withoutBrowser } from "../../figures/browser.ts";
import { inFolder, taskCommand } from "../run_task.ts";

/** The address that the task prints. */
async function printedAddress(output: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of output) {
    text += decoder.decode(part, { stream: true });
    const address = /^runs\/tiny is shown at (http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\/)$/m.exec(text)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error(`There is no address in "${text}".`);
}

Deno.test({
  name: "watch shows a training in the browser while it goes on",
  ignore: withoutBrowser,
  fn: () =>
    inFolder(async (folder) => {
      const config = parseConfig({
        name: "tiny",
        model: { features: 12, hidden: 8 },
        training: { steps: 1_000_000, batch: 24, chunk: 10 },
      }, "test");
      const run = await createRun(`${folder}/runs/tiny`, config);
      const watch = taskCommand("watch", folder).spawn();
      const stop = new AbortController();
      const training = trainRun(run, {
        signal: stop.signal,
        // The test and the browser need the thread too.
        report: ({ step }) => void (step > 500 && Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)),
      });
      try {
        const address = await printedAddress(watch.stdout);
        await withBrowser(async (browser) => {
          const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
          const complaints: string[] = [];
          page.on("console", (message) => complaints.push(message.text()));
          page.on("pageerror", (error) => complaints.push(error.message));
          page.on("request", (request) => {
            if (!/^data:/.test(request.url()) && !request.url().startsWith(address)) complaints.push(request.url());
          });
          await page.goto(address);
          const step = async () => {
            const text = await page.locator("[role=status]").textContent();
            return Number(/^Step ([\d,]+) of 1,000,000, objective .* left\.$/.exec(text!)![1].replaceAll(",", ""));
          };
          const first = await step();
          for (const id of ["loss-curve", "pair-density"]) await page.locator(`#${id} svg`).first().waitFor();
          const title = await page.locator("#pair-density title").first().textContent();
          assertMatch(title!, /^Weight pairs after [\d,]+ steps$/);
          const hasNotText = `Step ${first.toLocaleString("en-US")} of`;
          await page.locator("[role=status]").filter({ hasNotText }).waitFor();
          assertGreater(await step(), first);
          await assertNoHorizontalScroll(page);
          assertEquals(complaints, []);
          watch.kill();
          await page.locator("#lost").waitFor();
          await page.close();
        });
      } finally {
        stop.abort();
        await training;
        try {
          watch.kill();
        } catch {
          // It has ended.
        }
        await Promise.all([watch.status, watch.stderr.cancel()]);
      }
      assert(!await run.has("weights.safetensors"));
    }),
});
