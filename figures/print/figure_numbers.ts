/** The numbers that a figure is drawn from, as a table for other programs. */
// @ts-types="@types/d3-dsv"
import { csvFormatRows } from "d3-dsv";
import type { NumberedMark, Place } from "../marks/numbered_mark.ts";
import type { Figure, PlotOptions } from "../render/figure.ts";
import { type ColourName, theme } from "../render/figure_theme.ts";

/** Where a mark has numbers of its own, in the order of the columns. */
const places = ["x", "x1", "x2", "y", "y1", "y2", "r", "count"] as const;

/** What a mark of Observable Plot does before it is drawn, as far as it is needed here. */
interface DrawnMark {
  readonly ariaLabel?: string;
  readonly stroke?: string;
  readonly fill?: string;
  initialize(): { readonly channels: Readonly<Record<string, { readonly value: ArrayLike<unknown>; label?: string }>> };
}

/**
 * The numbers behind a figure as CSV, a row for each point, bar, cell or line's corner: the panel from 1, what its axes show,
 * the kind of mark, its colour, which quantity the mark shows where that has a name, and its places in the units of the axes,
 * to seven digits. Keys, headings and frames have no numbers. See {@linkcode chart}.
 */
export function figureNumbers({ panels }: Figure): string {
  const header = ["panel", "x axis", "y axis", "mark", "colour", "quantity", ...places];
  const measured = panels.filter(({ options }) => options.x?.type !== "identity");
  return `${csvFormatRows([header, ...measured.flatMap(({ options }, index) => panelRows(options, index + 1))])}\n`;
}

function panelRows({ x, y, marks = [] }: PlotOptions, panel: number): string[][] {
  const about = [String(panel), text(x?.label), text(y?.label)];
  return (marks as readonly unknown[]).flat(9).flatMap((mark) => {
    if (isNumbered(mark)) {
      return Array.from(
        mark.numbers(),
        (at) => [...about, mark.kind, "", "", ...places.map((name) => text(at[name as keyof Place]))],
      );
    }
    return isDrawn(mark) ? markRows(mark).map((row) => [...about, ...row]) : [];
  });
}

function markRows(mark: DrawnMark): string[][] {
  const { channels } = mark.initialize();
  const [first] = places.filter((place) => place in channels);
  if (first === undefined) return [];
  const about = [mark.ariaLabel ?? "", colourOf(mark), channels.y?.label ?? channels.x?.label ?? ""];
  return Array.from({ length: channels[first].value.length }, (_, row) => [
    ...about,
    ...places.map((place) => text(channels[place]?.value[row])),
  ]);
}

const isNumbered = (mark: unknown): mark is NumberedMark => typeof mark === "function" && "numbers" in mark;

/** Whether a mark draws data, which a frame does not. */
function isDrawn(mark: unknown): mark is DrawnMark {
  return typeof mark === "object" && mark !== null && "initialize" in mark && (mark as { data?: unknown }).data != null;
}

const names = new Map(
  (["ink", "muted", "neutral", "blue", "vermilion", "green", "purple", "orange", "sky"] satisfies ColourName[])
    .map((name) => [theme[name], name]),
);

/** The name of the one colour of a mark; empty where each point has its own. */
function colourOf({ stroke, fill }: DrawnMark): string {
  return names.get(stroke ?? "") ?? names.get(fill ?? "") ?? "";
}

function text(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(7)));
  return value === undefined || value === null ? "" : String(value);
}
