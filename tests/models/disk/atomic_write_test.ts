import { join } from "node:path";
import { assert, assertEquals, assertGreater, assertRejects, assertStringIncludes } from "@std/assert";
import { removePartials, writeAtomically } from "../../../models/disk/atomic_write.ts";
import { FailureError } from "../../../models/errors.ts";
import { atEveryStep, faults, faultyDisk } from "./faulty_disk.ts";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}

Deno.test("writeAtomically() writes text, bytes and pieces, and leaves nothing else", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "file");
    await writeAtomically(path, "first");
    assertEquals(await Deno.readTextFile(path), "first");
    await writeAtomically(path, Uint8Array.of(1, 2, 3));
    assertEquals(await Deno.readFile(path), Uint8Array.of(1, 2, 3));
    await writeAtomically(path, [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3, 4)]);
    assertEquals(await Deno.readFile(path), Uint8Array.of(1, 2, 3, 4));
    assertEquals(names(folder), ["file"]);
  });
});

Deno.test("writeAtomically() flushes the file before the rename, and the folder after it", async () => {
  await inFolder(async (folder) => {
    const disk = faultyDisk(Infinity, "once");
    await writeAtomically(join(folder, "file"), "text", disk);
    const syncFolder = Deno.build.os === "windows" ? [] : ["open", "sync"];
    assertEquals(disk.log, ["open", "write", "sync", "rename", ...syncFolder]);
  });
});

for (const fault of faults) {
  Deno.test(`writeAtomically() leaves the old file or the new when a step fails (${fault})`, async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "file");
      const steps = await atEveryStep(
        fault,
        async () => {
          await Deno.writeTextFile(path, "the old content");
          return path;
        },
        (path, disk) => writeAtomically(path, [new Uint8Array(5).fill(65), new Uint8Array(7).fill(66)], disk),
        async (path, error) => {
          const content = await Deno.readTextFile(path);
          if (error === undefined) return assertEquals(content, "AAAAABBBBBBB");
          assert(error instanceof FailureError);
          assert(["the old content", "AAAAABBBBBBB"].includes(content), content);
          if (fault === "once") assertEquals(names(folder), ["file"]);
          await writeAtomically(path, "afterwards");
          assertEquals(names(folder), ["file"]);
        },
      );
      // Open, two writes, sync, rename, open and sync the folder.
      assertGreater(steps, 4);
    });
  });
}

Deno.test({
  name: "writeAtomically() says in a sentence that the disk is full",
  // Only Linux has a device that is always full.
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (folder) => {
      const path = join(folder, "file");
      await Deno.writeTextFile(path, "old");
      await Deno.symlink("/dev/full", join(folder, `.file.${Deno.pid}.partial`));
      const error = await assertRejects(() => writeAtomically(path, new Uint8Array(100)), FailureError);
      assertEquals([error.message, error.kind], [`The disk is full and ${path} was not written.`, "disk-full"]);
      assertEquals(error.message.split("\n").length, 1);
      assertEquals(await Deno.readTextFile(path), "old");
      assertEquals(names(folder), ["file"]);
    }),
});

Deno.test("writeAtomically() names the file when its folder does not exist", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "nowhere", "file");
    await assertRejects(() => writeAtomically(path, "text"), FailureError, `Cannot write ${path}: No such file`);
  });
});

Deno.test("writeAtomically() leaves alone what another process is writing to the same file", async () => {
  await inFolder(async (folder) => {
    const theirs = join(folder, `.file.${Deno.pid + 1}.partial`);
    await Deno.writeTextFile(theirs, "half");
    await writeAtomically(join(folder, "file"), "ours");
    assertEquals(await Deno.readTextFile(theirs), "half");
    assertEquals(await Deno.readTextFile(join(folder, "file")), "ours");
  });
});

Deno.test("removePartials() removes what an interrupted write of any process left, and nothing else", async () => {
  await inFolder(async (folder) => {
    for (const name of [".file.7.partial", ".file.partial", "file", "song.partial"]) {
      await Deno.writeTextFile(join(folder, name), "half");
    }
    await removePartials(folder);
    assertEquals(names(folder).sort(), ["file", "song.partial"]);
    await Deno.writeTextFile(join(folder, ".file.7.partial"), "half");
    const error = await assertRejects(() => removePartials(folder, faultyDisk(1, "once")), FailureError);
    assertStringIncludes(error.message, ".file.7.partial");
  });
});
