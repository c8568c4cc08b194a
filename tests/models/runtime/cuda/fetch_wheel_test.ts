import { assert, assertEquals, assertFalse, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { FailureError } from "../../../../models/errors.ts";
import { fetchWheel, type WheelSource } from "../../../../models/runtime/cuda/fetch_wheel.ts";
import type { Wheel } from "../../../../models/runtime/cuda/releases.ts";
import { inTemporaryDirectory } from "./fake_project.ts";
import { fakeWheel } from "./fake_wheel.ts";

const content = { "some/a.so": Uint8Array.of(1, 2, 3) };
const noPip = ["/nowhere/python3", "-m", "pip"] as const;

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** A folder with a wheel, and a source that downloads into another. */
async function withWheel(body: (wheel: Wheel, there: string, source: WheelSource) => Promise<void>) {
  await inTemporaryDirectory(async (directory) => {
    const there = join(directory, "there");
    const downloads = join(directory, "downloads");
    await Deno.mkdir(there);
    await Deno.mkdir(downloads);
    await body(await fakeWheel(there, "some", content), there, { downloads, report() {}, pip: noPip });
  });
}

/** Serves a package index with one project on this machine and points the environment to it. */
async function withIndex(there: string, listed: string, body: () => Promise<void>) {
  const before = Deno.env.get("PIP_INDEX_URL");
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/files/")) return new Response(await Deno.readFile(join(there, pathname.slice(7))));
    if (pathname !== "/simple/some/") return new Response("no such project", { status: 404 });
    return Response.json({ files: [{ filename: listed, url: `../../files/${listed}` }] });
  });
  Deno.env.set("PIP_INDEX_URL", `http://127.0.0.1:${server.addr.port}/simple`);
  try {
    await body();
  } finally {
    if (before === undefined) Deno.env.delete("PIP_INDEX_URL");
    else Deno.env.set("PIP_INDEX_URL", before);
  }
}

Deno.test("fetchWheel() takes a wheel from a folder", () =>
  withWheel(async (wheel, there, source) => {
    assertEquals(await fetchWheel(wheel, { ...source, offline: there }), join(there, wheel.file));
  }));

Deno.test("fetchWheel() says how to bring a wheel that the folder has not", () =>
  withWheel(async (wheel, there, source) => {
    const absent = { ...wheel, project: "onnxruntime-gpu", version: "2.0", file: "o-2.0-cp312-cp312-linux_x86_64.whl" };
    const { message } = await assertRejects(() => fetchWheel(absent, { ...source, offline: there }), FailureError);
    assertStringIncludes(message, `${join(there, absent.file)} is missing`);
    assertStringIncludes(
      message,
      "--platform linux_x86_64 --abi cp312 --implementation cp --python-version 312 onnxruntime-gpu==2.0",
    );
  }));

Deno.test("fetchWheel() refuses a file that is not the pinned one and leaves the user's own alone", () =>
  withWheel(async (wheel, there, source) => {
    const other = { ...wheel, sha256: "0".repeat(64) };
    await assertRejects(() => fetchWheel(other, { ...source, offline: there }), FailureError, wheel.sha256);
    assert(exists(join(there, wheel.file)));
  }));

Deno.test("fetchWheel() downloads through pip", () =>
  withWheel(async (wheel, there, source) => {
    const pip = join(there, "pip.sh");
    // The last argument is the folder; what pip was asked for goes beside the wheel.
    await Deno.writeTextFile(
      pip,
      `[ "$1" = --version ] && exit 0\necho "$@" > ${there}/asked\nfor folder; do :; done\ncp ${there}/${wheel.file} "$folder"\n`,
    );
    const path = await fetchWheel(wheel, { ...source, pip: ["sh", pip] });
    assertEquals(path, join(source.downloads, wheel.file));
    const asked = await Deno.readTextFile(join(there, "asked"));
    assertStringIncludes(asked, "--platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64");
    assertStringIncludes(asked, "--abi none --implementation py --python-version 3 some==1.0");
    await Deno.writeTextFile(pip, `[ "$1" = --version ]\n`);
    const failure = await assertRejects(() => fetchWheel(wheel, { ...source, pip: ["sh", pip] }), FailureError);
    assertStringIncludes(failure.message, `fetch ${wheel.file} on another machine`);
    assertEquals(failure.kind, "no-network");
  }));

Deno.test("fetchWheel() downloads from the index where there is no pip", () =>
  withWheel((wheel, there, source) =>
    withIndex(there, wheel.file, async () => {
      const lines: string[] = [];
      const path = await fetchWheel(wheel, { ...source, report: (line) => lines.push(line) });
      assertEquals(await Deno.readFile(path), await Deno.readFile(join(there, wheel.file)));
      assertEquals(lines, [`Fetching ${wheel.file} from the package index (no pip here)`]);
    })
  ));

Deno.test("fetchWheel() removes a download that is not the pinned file", () =>
  withWheel((wheel, there, source) =>
    withIndex(there, wheel.file, async () => {
      await assertRejects(() => fetchWheel({ ...wheel, sha256: "1".repeat(64) }, source), FailureError, "trust");
      assertFalse(exists(join(source.downloads, wheel.file)));
    })
  ));

Deno.test("fetchWheel() says what is wrong with the index", async () => {
  await withWheel((wheel, there, source) =>
    withIndex(there, "another.whl", async () => {
      await assertRejects(() => fetchWheel(wheel, source), FailureError, `does not list ${wheel.file}`);
      await assertRejects(() => fetchWheel({ ...wheel, project: "none" }, source), FailureError, "answers 404");
    })
  );
  await withWheel((wheel, there, source) =>
    withIndex(there, wheel.file, async () => {
      Deno.env.set("PIP_INDEX_URL", "http://127.0.0.1:1/simple");
      await assertRejects(() => fetchWheel(wheel, source), FailureError, "127.0.0.1:1 cannot be reached");
    })
  );
});
