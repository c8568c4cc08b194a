/** Measuring and wrapping text: figures are drawn without a browser that could measure it. */

/**
 * Advance widths in thousandths of the font size, the widest of the usual sans-serifs: of each character the larger of
 * DejaVu Sans 2.37 (its `hmtx` table, read with fonttools) and Verdana (as the npm package anafanafo 2.0.0 measured it),
 * rounded up to the next 20. Helvetica, Arial and their kin are narrower nearly everywhere.
 */
const widths: ReadonlyMap<string, number> = new Map(
  ([
    [240, "′"],
    [280, "il"],
    [320, "'‘’"],
    [360, " \u00a0fj"],
    [380, ",.·"],
    [400, "tᵀ"],
    [420, "!"],
    [440, "Ir"],
    [460, '"()-/:;J[\\]|'],
    [520, "“”"],
    [540, "sz"],
    [560, "?Lc²³ξνε"],
    [580, "Fχ"],
    [600, "kvxyλγκ"],
    [620, "PTYaeoπδτθ"],
    [640, "$*0123456789E_`bdghnpqu{}–∂ρσμβη"],
    [660, "µφαψ"],
    [700, "ABCKRSVXZΔ"],
    [740, "U"],
    [760, "HN"],
    [780, "&DG"],
    [800, "OQ"],
    [820, "w√"],
    [840, "#+<=>^~×±−≤≥≈ω"],
    [880, "M∈"],
    [980, "m"],
    [1000, "@W—…→∞"],
    [1080, "%"],
  ] as const).flatMap(([width, characters]) => [...characters].map((character) => [character, width])),
);
const widest = 1080;

/** Bold letters of these fonts are wider, on the average of a text by less than this factor. */
const bold = 1.16;

/** The face of a text. */
export interface TextFace {
  /** CSS pixels. */
  readonly size: number;
  /** Default "normal". */
  readonly weight?: "normal" | "bold";
}

/** The width that a text needs at most in the usual sans-serif fonts, in CSS pixels. */
export function textWidth(text: string, { size, weight = "normal" }: TextFace): number {
  let thousandths = 0;
  for (const character of text) thousandths += widths.get(character) ?? widest;
  return thousandths * size / 1000 * (weight === "bold" ? bold : 1);
}

/** Breaks a text between words into lines no wider than `width`. A single word that is wider stands alone. */
export function wrapText(text: string, width: number, face: TextFace): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n]+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, face) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}
