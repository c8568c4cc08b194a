import { assert, assertEquals, assertGreater, assertRejects, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { FailureError } from "../../../../models/errors.ts";
import { extractFromWheel } from "../../../../models/runtime/cuda/wheel.ts";
import { atEveryStep } from "../../disk/faulty_disk.ts";
import { inTemporaryDirectory } from "./fake_project.ts";
import { fakeWheel } from "./fake_wheel.ts";

const content = new Uint8Array(300_000).map((_, index) => (index * index) >> 7);

function namesIn(directory: string): string[] {
  return Array.from(Deno.readDirSync(directory), ({ name }) => name);
}

Deno.test("extractFromWheel() takes the named files, verified", () =>
  inTemporaryDirectory(async (directory) => {
    const { file } = await fakeWheel(directory, "some", { "some/lib/a.so": content, "some/b.so": content.slice(9) });
    const target = join(directory, "target");
    await Deno.mkdir(target);
    const files = await extractFromWheel(join(directory, file), ["a.so"], target);
    assertEquals(files, [{ name: "a.so", sha256: createHash("sha256").update(content).digest("hex") }]);
    assertEquals(await Deno.readFile(join(target, "a.so")), content);
    assertEquals(namesIn(target), ["a.so"]);
  }));

Deno.test("extractFromWheel() leaves nothing of a file that is not as recorded", () =>
  inTemporaryDirectory(async (directory) => {
    const other = { "some/a.so": content.slice(1) };
    const { file } = await fakeWheel(directory, "some", { "some/a.so": content }, other);
    const target = join(directory, "target");
    await Deno.mkdir(target);
    await assertRejects(() => extractFromWheel(join(directory, file), ["a.so"], target), FailureError, "is damaged");
    assertEquals(namesIn(target), []);
  }));

Deno.test("extractFromWheel() notices damage within the compressed bytes", () =>
  inTemporaryDirectory(async (directory) => {
    const { file } = await fakeWheel(directory, "some", { "some/a.so": content });
    const path = join(directory, file);
    const target = join(directory, "target");
    await Deno.mkdir(target);
    const bytes = await Deno.readFile(path);
    for (const position of [100, 1000]) {
      await Deno.writeFile(path, bytes.with(position, bytes[position] ^ 0xff).with(position + 1, 0xff));
      await assertRejects(() => extractFromWheel(path, ["a.so"], target), FailureError, "is damaged");
      assertEquals(namesIn(target), []);
    }
  }));

Deno.test("extractFromWheel() names a file that is not in the wheel, and an incomplete wheel", () =>
  inTemporaryDirectory(async (directory) => {
    const { file } = await fakeWheel(directory, "some", { "some/a.so": content });
    const path = join(directory, file);
    await assertRejects(() => extractFromWheel(path, ["c.so"], directory), FailureError, "holds no c.so");
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, bytes.length / 2));
    await assertRejects(() => extractFromWheel(path, ["a.so"], directory), FailureError, "is no complete wheel");
  }));

Deno.test("extractFromWheel() leaves the whole file or none when the disk is full at any step", () =>
  inTemporaryDirectory(async (directory) => {
    const { file } = await fakeWheel(directory, "some", { "some/a.so": content });
    const target = join(directory, "target");
    const interrupted = await atEveryStep(
      "once",
      async () => {
        await Deno.remove(target, { recursive: true }).catch(() => undefined);
        await Deno.mkdir(target);
      },
      (_, disk) => extractFromWheel(join(directory, file), ["a.so"], target, disk),
      async (_, error) => {
        assertEquals(namesIn(target), error === undefined ? ["a.so"] : []);
        if (error === undefined) assertEquals(await Deno.readFile(join(target, "a.so")), content);
        else {
          assert(error instanceof FailureError);
          assertStringIncludes(error.message, "The disk is full");
        }
      },
    );
    assertGreater(interrupted, 3);
  }));
