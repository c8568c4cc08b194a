import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { textWidth, wrapText } from "../../../figures/render/text.ts";

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
