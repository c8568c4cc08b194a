import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../models/errors.ts";
import { parseSettings } from "../../../tasks/command/setting_flags.ts";

Deno.test("parseSettings() reads values as YAML", () => {
  assertEquals(parseSettings(["model.hidden=384", "loss.name=softmax", "description=a=b"]), {
    "model.hidden": 384,
    "loss.name": "softmax",
    description: "a=b",
  });
});

Deno.test("parseSettings() refuses what is no assignment or no YAML", () => {
  assertThrows(
    () => parseSettings(["model.hidden"]),
    UsageError,
    'expected key=value such as model.hidden=384, got "model.hidden"',
  );
  assertThrows(() => parseSettings(["model.hidden=["]), UsageError, "--set model.hidden: not valid YAML (");
});
