import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { textWidth, wrapText } from "../../../figures/render/render_text.ts";

Deno.test("wrapText() breaks between words and keeps every word", () => {
  const text = "Each feature i and neuron j give one point in the plane of weight pairs.";
  const lines = wrapText(text, 150, { size: 13 });
  assertEquals(lines.join(" "), text);
  assert(lines.length > 2);
  for (const line of lines) assert(textWidth(line, { size: 13 }) <= 150);
  assertEquals(wrapText("unbreakable", 10, { size: 13 }), ["unbreakable"]);
  assertEquals(wrapText("", 10, { size: 13 }), []);
});

Deno.test("textWidth() leaves room for DejaVu Sans and Verdana, and not much more", () => {
  // The sums of the fonts' own advance widths: 9.045 em in DejaVu Sans, 9.083 em in Verdana.
  const width = textWidth("Marchenko-Pastur", { size: 1 });
  assert(width >= 9.083 && width < 1.06 * 9.083, String(width));
  assertAlmostEquals(textWidth("0123456789", { size: 10 }), 64, 1e-9);
  assertAlmostEquals(textWidth("0", { size: 10, weight: "bold" }) / textWidth("0", { size: 10 }), 1.16, 1e-9);
});
