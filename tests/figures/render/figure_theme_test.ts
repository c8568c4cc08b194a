import { assertEquals, assertGreater, assertGreaterOrEqual } from "@std/assert";
import { darkPartner, darkStyles, theme } from "../../../figures/render/figure_theme.ts";

const channels = (colour: string) => [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) / 255);

/** Linear light of each channel. */
const linear = (colour: string) => channels(colour).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((first, second) => first - second);
  return (high + 0.05) / (low + 0.05);
}

const grounds = [
  { paper: theme.paper, of: (colour: string) => colour },
  { paper: darkPartner.get(theme.paper)!, of: (colour: string) => darkPartner.get(colour)! },
];

Deno.test("darkPartner() names every colour once", () => {
  const colours = [
    theme.paper,
    theme.ink,
    theme.muted,
    theme.rule,
    theme.neutral,
    ...theme.series,
    ...theme.levels,
  ];
  assertEquals(new Set(colours).size, colours.length);
  assertEquals([...darkPartner.keys()].toSorted(), colours.toSorted());
});

Deno.test("theme has text at 4.5 : 1 and marks at 2.5 : 1 or more on both grounds", () => {
  for (const { paper, of } of grounds) {
    for (const colour of [theme.ink, theme.muted, theme.blue]) {
      assertGreaterOrEqual(contrast(of(colour), paper), 4.5, colour);
    }
    for (const colour of theme.series) assertGreaterOrEqual(contrast(of(colour), paper), 2.5, colour);
  }
});

Deno.test("theme.levels go away from the ground step by step", () => {
  for (const { paper, of } of grounds) {
    const contrasts = theme.levels.map((level) => contrast(of(level), paper));
    assertGreater(contrasts[0], 1.6);
    for (let level = 1; level < contrasts.length; level++) assertGreater(contrasts[level], contrasts[level - 1]);
  }
});

/** What red-blind and green-blind eyes see, on linear light (Machado, Oliveira and Fernandes 2009, severity 1). */
const deficiencies = {
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
};

Deno.test("theme.series stays apart for red-blind and green-blind readers", () => {
  for (const { of } of grounds) {
    for (const [name, matrix] of Object.entries(deficiencies)) {
      const seen = theme.series.map((colour) => {
        const light = linear(of(colour));
        return matrix.map((row) => Math.cbrt(Math.max(0, row.reduce((sum, weight, c) => sum + weight * light[c], 0))));
      });
      for (let a = 0; a < seen.length; a++) {
        for (let b = 0; b < a; b++) {
          const distance = Math.hypot(...seen[a].map((value, channel) => value - seen[b][channel]));
          assertGreater(distance, 0.1, `${name}: ${theme.series[a]} and ${theme.series[b]}`);
        }
      }
    }
  }
});

Deno.test("darkStyles() exchanges each colour as fill and as stroke", () => {
  const styles = darkStyles(".figure");
  assertEquals(styles.match(/\[fill="/g)?.length, darkPartner.size);
  assertEquals(styles.match(/\[stroke="/g)?.length, darkPartner.size);
});
