import { assertEquals } from "@std/assert";
import {
  fixed,
  percent,
  roundedTo,
  significant,
  wholeNumber,
  withError,
} from "../../../analysis/report/number_text.ts";

Deno.test("wholeNumber() puts commas between thousands", () => {
  assertEquals(wholeNumber(3145728), "3,145,728");
  assertEquals(wholeNumber(-1200), "−1,200");
});

Deno.test("significant() rounds to digits, with a true minus and powers of ten for the very small and large", () => {
  assertEquals(significant(-0.012345), "−0.0123");
  assertEquals(significant(0.0000123), "1.23e−5");
  assertEquals(significant(1234567), "1.23e6");
  assertEquals(significant(123456, 2), "120000");
  assertEquals(significant(0), "0");
  assertEquals([NaN, Infinity].map((value) => significant(value)), ["–", "–"]);
});

Deno.test("percent() shows how far a share is from one, and does not break before the sign", () => {
  assertEquals(percent(0.0094), "0.94\u00a0%");
  assertEquals(percent(-0.5), "−50\u00a0%");
  assertEquals(percent(0.99952), "99.952\u00a0%");
  assertEquals(percent(1), "100\u00a0%");
});

Deno.test("withError() gives value and error to the error's second digit", () => {
  assertEquals(withError(7.4119, 0.0231), "7.412 ± 0.023");
  assertEquals(withError(-12.34, 1.5), "−12.3 ± 1.5");
  assertEquals(withError(-0.0001, 0.1), "0.00 ± 0.10");
  assertEquals(withError(7.4119, 0), "7.412");
});

Deno.test("fixed() and roundedTo() write no sign before zero", () => {
  assertEquals(fixed(-0.004, 2), "0.00");
  assertEquals(fixed(-1.5, 1), "−1.5");
  assertEquals(roundedTo(-0.01, 1), "0.0");
});
