import { assertEquals } from "@std/assert";
import { FailureError, UsageError } from "../../../models/errors.ts";
import { withAdvice } from "../../../tasks/command/flag_advice.ts";

Deno.test("withAdvice() ends the sentence with what the task advises", () => {
  const error = new UsageError("runs/a exists.", { kind: "run-exists" });
  assertEquals(withAdvice(error, { "run-exists": "choose another --name" }), "runs/a exists; choose another --name.");
});

Deno.test("withAdvice() leaves a message that needs no advice, or that the task has none for", () => {
  assertEquals(withAdvice(new UsageError("h is 0."), { "run-exists": "choose another --name" }), "h is 0.");
  assertEquals(withAdvice(new UsageError("runs/a exists.", { kind: "run-exists" })), "runs/a exists.");
});

Deno.test("withAdvice() knows what helps in every task, and a task knows better", () => {
  const error = new FailureError("The disk is full.", { kind: "disk-full" });
  assertEquals(withAdvice(error), "The disk is full; free some space and run the command again.");
  assertEquals(withAdvice(error, { "disk-full": "buy another" }), "The disk is full; buy another.");
});
