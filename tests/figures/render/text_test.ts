import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  formatCount,
  formatMeasured,
  formatNumber,
  formatShare,
  textWidth,
  wrapText,
} from "../../../figures/render/text.ts";

Deno.test("wrapText() breaks between words and keeps every word", () => {
  const text = "Each feature i and neuron j give one point in the plane of weight pairs.";
  const lines = wrapText(text, 150, 13);
  assertEquals(lines.join(" "), text);
  assert(lines.length > 2);
  for (const line of lines) assert(textWidth(line, 13) <= 150);
  assertEquals(wrapText("unbreakable", 10, 13), ["unbreakable"]);
  assertEquals(wrapText("", 10, 13), []);
});

Deno.test("textWidth() is near Helvetica's own measure", () => {
  // By the AFM metrics of Helvetica.
  assertAlmostEquals(textWidth("Marchenko-Pastur", 1), 8.175, 0.1);
  assertAlmostEquals(textWidth("0123456789", 10), 55.6, 0.01);
});

Deno.test("format functions write numbers as the captions show them", () => {
  assertEquals(formatCount(3145728), "3,145,728");
  assertEquals(formatNumber(-0.012345), "−0.0123");
  assertEquals(formatNumber(0.0000123), "1.23e−5");
  assertEquals(formatNumber(0), "0");
  assertEquals(formatShare(0.0094), "0.94\u00a0%");
  assertEquals(formatShare(0.99952), "99.952\u00a0%");
  assertEquals(formatShare(1), "100\u00a0%");
  assertEquals(formatMeasured(7.4119, 0.0231), "7.412 ± 0.023");
  assertEquals(formatMeasured(-12.34, 1.5), "−12.3 ± 1.5");
  assertEquals(formatMeasured(-0.0001, 0.1), "0.00 ± 0.10");
  assertEquals(formatMeasured(7.4119, 0), "7.412");
});
