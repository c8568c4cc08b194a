/**
 * The one visual language of every figure: fonts, sizes and colours.
 *
 * A figure names colours by their light value only (`theme.blue`). `darkStyles` maps each of them to its dark
 * partner, so that one file reads well on light and on dark pages. The hues are those of Okabe and Ito's
 * colour-blind-safe set, darkened for a white ground and brightened for a dark one until text in them is legible.
 */

/** A colour by its name. */
export type ColourName =
  | "paper"
  | "ink"
  | "muted"
  | "rule"
  | "neutral"
  | "blue"
  | "vermilion"
  | "green"
  | "purple"
  | "orange"
  | "sky";

/** Name → [on a light ground, on a dark ground]. */
const pairs: Readonly<Record<ColourName, readonly [string, string]>> = {
  paper: ["#ffffff", "#14171c"],
  ink: ["#1f2328", "#e6e8eb"],
  muted: ["#5c6570", "#9aa4b0"],
  rule: ["#d4d9df", "#363d47"],
  neutral: ["#a9b1bb", "#6b7480"],
  blue: ["#0067a9", "#5ab4f0"],
  vermilion: ["#c8500a", "#ff8a4c"],
  green: ["#007a5a", "#35c79a"],
  purple: ["#a8488c", "#e08cc4"],
  orange: ["#d98a00", "#f5b942"],
  sky: ["#56a4dc", "#2f6f9f"],
};

/** Densities from few to many. Magma is uniform to the eye; each ground takes the end that contrasts with it. */
const levelPairs: readonly (readonly [string, string])[] = [
  ["#fa7f5e", "#ad347c"],
  ["#f4675c", "#bf3a77"],
  ["#e75263", "#cf4070"],
  ["#d3436e", "#de4968"],
  ["#bf3a77", "#ea5661"],
  ["#a8327d", "#f4675c"],
  ["#912b81", "#f9795d"],
  ["#7c2382", "#fc8c63"],
  ["#671b80", "#fe9f6d"],
  ["#51127c", "#feb47b"],
  ["#3b0f70", "#fec68a"],
  ["#241253", "#fed89a"],
  ["#120d31", "#fdebac"],
  ["#050416", "#fcfdbf"],
];

/** Colours by name (their light values), type, and sizes in CSS pixels. */
export interface Theme extends Readonly<Record<ColourName, string>> {
  /** Colours for categories, in the order of use; the first two carry most figures. */
  readonly series: readonly string[];
  /** Colours for densities, from few to many. */
  readonly levels: readonly string[];
  /** Text is laid out for the widest of what these may come to, see render_text.ts. */
  readonly fontFamily: string;
  /** Of a figure's title. */
  readonly titleSize: number;
  /** Of captions and the titles of panels. */
  readonly textSize: number;
  /** Of everything else. */
  readonly tickSize: number;
  /** Width of a one-panel figure, that is of a column of text. */
  readonly width: number;
  /** Width of a figure with two panels side by side. */
  readonly wideWidth: number;
  /** Width of a figure's narrow arrangement, which a phone shows at three quarters of its size. */
  readonly phoneWidth: number;
}

const light = Object.fromEntries(Object.entries(pairs).map(([name, [light]]) => [name, light])) as Readonly<
  Record<ColourName, string>
>;

/** The theme. See {@linkcode chart}. */
export const theme: Theme = {
  ...light,
  series: [light.blue, light.vermilion, light.green, light.purple, light.orange, light.sky],
  levels: levelPairs.map(([light]) => light),
  fontFamily: '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif',
  titleSize: 17,
  textSize: 13,
  tickSize: 12,
  width: 720,
  wideWidth: 800,
  phoneWidth: 480,
};

/** Every colour that a figure may use, with its partner on a dark ground. */
export const darkPartner: ReadonlyMap<string, string> = new Map([...Object.values(pairs), ...levelPairs]);

/**
 * Style rules that exchange every colour of the theme for its dark partner where the reader prefers dark.
 * Colours stand in presentation attributes, which any rule outranks; a viewer without media queries ignores
 * the rules and shows the light figure.
 *
 * @param scope a selector that holds for the figure alone
 */
export function darkStyles(scope: string): string {
  const rules = [`${scope}{color:${pairs.ink[1]}}`];
  for (const [light, dark] of darkPartner) {
    for (const attribute of ["fill", "stroke"]) {
      rules.push(`${scope} [${attribute}="${light}"]{${attribute}:${dark}}`);
    }
  }
  return `@media (prefers-color-scheme:dark){${rules.join("")}}`;
}
