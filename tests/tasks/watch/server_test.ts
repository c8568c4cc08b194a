import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createRun } from "../../../models/run/create_run.ts";
import { trainRun } from "../../../models/run/training_run.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { answerFor } from "../../../tasks/watch/server.ts";
import { latestRun } from "../../../tasks/watch/watched_run.ts";
import { inFolder } from "../run_task.ts";

const own = "http://127.0.0.1:8000";

const config = (name: string) =>
  parseConfig({
    name,
    description: "A <tiny> run.",
    model: { features: 12, hidden: 8 },
    training: { steps: 40, batch: 24, chunk: 10 },
  }, "test");

/** A request as it comes from a browser, which says the host it was sent to. */
const asked = (url: string, init: RequestInit & { host?: string } = {}) =>
  new Request(url, { ...init, headers: { host: init.host ?? new URL(url).host, ...init.headers } });

Deno.test("answerFor() shows a run before, during and after its training, and says 304 between its changes", () =>
  inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, config("tiny"));
    const answer = await answerFor(run, "token");
    const now = async () => await (await answer(asked(`${own}/token/now`))).text();
    const before = await now();
    assertStringIncludes(before, "A &lt;tiny&gt; run.");
    assertStringIncludes(before, "No step is logged yet.");

    const seen: Promise<string>[] = [];
    await trainRun(run, { report: () => void seen.push(now()) });
    const [first, second] = await Promise.all(seen);
    // The training goes on while the answers are read.
    assertMatch(first, /Step [1234]0 of 40, objective [\d.]+, \d s so far/);
    assertStringIncludes(second, "The loss while training");
    assertStringIncludes(second, "All 96 weight pairs, counted in cells");

    const after = await answer(asked(`${own}/token/now`));
    assertStringIncludes(await after.text(), "The training is finished.");
    const again = { headers: { "if-none-match": after.headers.get("etag")! } };
    assertEquals((await answer(asked(`${own}/token/now`, again))).status, 304);
    await run.appendMetrics([{ step: 50, objective: 1, learningRate: 0, seconds: 1 }]);
    assertEquals((await answer(asked(`${own}/token/now`, again))).status, 200);
  }));

Deno.test("answerFor() refuses other hosts, other addresses and all but reading", () =>
  inFolder(async (folder) => {
    const answer = await answerFor(await createRun(`${folder}/tiny`, config("tiny")), "token");
    const status = async (url: string, init?: RequestInit & { host?: string }) => {
      const { status, body } = await answer(asked(url, init));
      await body?.cancel();
      return status;
    };
    assertEquals(await status(`${own}/token/`), 200);
    assertEquals(await status(`${own}/token/`, { host: "localhost:8000" }), 200);
    for (const host of ["evil.example", "evil.example:8000", "127.0.0.1:8001", "127.0.0.1"]) {
      assertEquals(await status(`${own}/token/`, { host }), 403, host);
    }
    for (const path of ["/", "/token", "/token/config.yaml", "/token/../now", "/Token/now", "/other/now"]) {
      assertEquals(await status(`${own}${path}`), 404, path);
    }
    for (const method of ["POST", "PUT", "DELETE", "HEAD"]) {
      assertEquals(await status(`${own}/token/now`, { method }), 405, method);
    }
  }));

Deno.test("answerFor() says on the page what is wrong with a run", () =>
  inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, config("tiny"));
    await run.write("metrics.jsonl", "no line\n");
    const page = await (await (await answerFor(run, "token"))(asked(`${own}/token/now`))).text();
    assertMatch(page, /class="warning">.*metrics.jsonl, line 1 is no JSON object/);
  }));

Deno.test("answerFor() says that a training may have been stopped when nothing was logged for a minute", () =>
  inFolder(async (folder) => {
    const run = await createRun(`${folder}/tiny`, config("tiny"));
    await run.appendMetrics([{ step: 10, objective: 1, learningRate: 0.1, seconds: 1 }]);
    const answer = await answerFor(run, "token");
    const now = async () => await (await answer(asked(`${own}/token/now`))).text();
    assert(!(await now()).includes("stopped"));
    await Deno.utime(run.file("metrics.jsonl"), 1, 1);
    assertStringIncludes(await now(), "the training may have been stopped");
  }));

Deno.test("latestRun() finds the run that was written to last", () =>
  inFolder(async (folder) => {
    assertEquals(await latestRun([folder]), undefined);
    const runs = [await createRun(`${folder}/a`, config("a")), await createRun(`${folder}/b`, config("b"))];
    for (const run of runs) await run.appendMetrics([{ step: 1, objective: 1, seconds: 1 }]);
    for (const [place, run] of runs.entries()) await Deno.utime(run.file("metrics.jsonl"), 9 - place, 9 - place);
    assertEquals(await latestRun([...runs.map(({ path }) => path), folder]), runs[0].path);
  }));
