/** Measuring, wrapping and numbers as words: figures are drawn without a browser that could measure text. */

/** Widths of Helvetica's characters in thousandths of the font size, where they differ much from the usual 556. */
const narrow: readonly [string, number][] = [
  ["ijl.,:;'|!I \u00a0", 270],
  ["ft()[]/r-", 320],
  ["cksvxyz", 500],
  ["ABEKPSVXYCDHNRU&", 690],
  ["GOQMwm%@W", 840],
  ["→…—−", 1000],
];
const widths = new Map(narrow.flatMap(([characters, width]) => [...characters].map((character) => [character, width])));

/** Approximate width of a text in Helvetica or Arial, in the unit of the font size. */
export function textWidth(text: string, fontSize: number): number {
  let thousandths = 0;
  for (const character of text) thousandths += widths.get(character) ?? 556;
  return thousandths * fontSize / 1000;
}

/** Breaks a text between words into lines no wider than `width`, with 3 % to spare. A single word that is wider stands alone. */
export function wrapText(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n]+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && 1.03 * textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}
