import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { FailureError } from "../../../../../models/errors.ts";
import { checksumLines, writePieces } from "../../../../../models/runtime/cuda/bundle/pieces.ts";
import { inTemporaryDirectory } from "../fake_project.ts";

const content = new Uint8Array(1000).map((_, index) => index % 251);

async function* inChunksOf(size: number) {
  for (let start = 0; start < content.length; start += size) yield await content.subarray(start, start + size);
}

Deno.test("writePieces() cuts a stream wherever its chunks end", () =>
  inTemporaryDirectory(async (directory) => {
    for (const [index, size] of [1000, 400, 100, 7, 1].entries()) {
      const pieces = await writePieces(inChunksOf(size), join(directory, `${index}`), 400);
      assertEquals(pieces.map((piece) => piece.size), [400, 400, 200]);
      assertEquals(pieces.map(({ path }) => path.slice(-5)), [`${index}.000`, `${index}.001`, `${index}.002`]);
      const parts = await Promise.all(pieces.map(({ path }) => Deno.readFile(path)));
      assertEquals(parts.flatMap((part) => Array.from(part)), Array.from(content));
    }
  }));

Deno.test("writePieces() adds no empty piece at an exact end", () =>
  inTemporaryDirectory(async (directory) => {
    const pieces = await writePieces(inChunksOf(250), join(directory, "p"), 500);
    assertEquals(pieces.map(({ size }) => size), [500, 500]);
  }));

Deno.test("checksumLines() is what sha256sum --check reads", () =>
  inTemporaryDirectory(async (directory) => {
    const pieces = await writePieces(inChunksOf(90), join(directory, "p"), 300);
    await Deno.writeTextFile(join(directory, "SHA256SUMS"), checksumLines(pieces));
    const check = new Deno.Command("sha256sum", { args: ["--check", "--quiet", "SHA256SUMS"], cwd: directory });
    assertEquals((await check.output()).code, 0);
    await Deno.writeTextFile(pieces[1].path, "damage");
    assertEquals((await check.output()).code, 1);
  }));

Deno.test("writePieces() removes its pieces when the stream fails, and never overwrites", () =>
  inTemporaryDirectory(async (directory) => {
    async function* failing() {
      yield* inChunksOf(300);
      throw new FailureError("the source broke");
    }
    await assertRejects(() => writePieces(failing(), join(directory, "p"), 400), FailureError, "the source broke");
    assertEquals(Array.from(Deno.readDirSync(directory)), []);
    await Deno.writeTextFile(join(directory, "p.000"), "mine");
    await assertRejects(() => writePieces(inChunksOf(300), join(directory, "p"), 400), FailureError, "Cannot write");
    assertEquals(await Deno.readTextFile(join(directory, "p.000")), "mine");
  }));
