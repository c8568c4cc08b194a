import { assertEquals, assertThrows } from "@std/assert";
import { FailureError } from "../../../models/errors.ts";
import { formatMetrics, parseMetrics } from "../../../models/run/metrics.ts";

Deno.test("formatMetrics() writes a line of JSON a row", () => {
  assertEquals(
    formatMetrics([{ step: 1, objective: 2.5 }, { step: 2, objective: NaN }]),
    '{"step":1,"objective":2.5}\n{"step":2,"objective":null}\n',
  );
});

Deno.test("parseMetrics() gives the rows back, NaN where a number was not finite", () => {
  const rows = [{ step: 1, objective: 2.5 }, { step: 2, objective: NaN }];
  assertEquals(parseMetrics(formatMetrics(rows), "file"), rows);
  assertEquals(parseMetrics("", "file"), []);
});

Deno.test("parseMetrics() leaves out a line that was cut off", () => {
  assertEquals(parseMetrics('{"step":1}\n{"step":', "file"), [{ step: 1 }]);
});

Deno.test("parseMetrics() names a line that is no row", () => {
  for (const line of ["", "{", "[]", "1", '{"objective":1}', '{"step":1,"name":"x"}']) {
    assertThrows(() => parseMetrics(`{"step":1}\n${line}\n`, "m.jsonl"), FailureError, "m.jsonl, line 2 is no JSON");
  }
});
