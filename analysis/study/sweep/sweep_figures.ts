/** The figures that a sweep's file asks for: which columns of its table are drawn against which. */
import { z } from "zod";

/** A column of the table, or the ratio of two of them. */
export interface Quantity {
  /** Such as `signs.density.value`, or `model.features / model.hidden`. */
  readonly of: string;
  /** In words or symbols, for axes and keys. @default what it is of */
  readonly label: string;
  /** Of its axis. @default "linear" */
  readonly scale: "linear" | "log";
}

/** A heat map with contours: the mean over seeds at every point of a plane. */
export interface MapFigure {
  /** Tells the kinds apart. */
  readonly kind: "map";
  /** Stem of the file's name. */
  readonly name: string;
  /** Heading. */
  readonly title: string;
  /** Along the horizontal axis. */
  readonly x: Quantity;
  /** Along the vertical axis. */
  readonly y: Quantity;
  /** What the colours say. */
  readonly colour: Quantity;
}

/** Lines with error bars over seeds, a panel a quantity. */
export interface CurvesFigure {
  /** Tells the kinds apart. */
  readonly kind: "curves";
  /** Stem of the file's name. */
  readonly name: string;
  /** Heading. */
  readonly title: string;
  /** Along the horizontal axis. */
  readonly x: Quantity;
  /** A panel each. */
  readonly y: readonly (Quantity & {
    /** What theory says of it, drawn as a curve over the points. @default none */
    readonly theory?: string;
  })[];
  /** A line for each of its values. @default one line */
  readonly series?: Quantity;
  /** What the dashed lines are. @default "mean-field theory" */
  readonly theoryLabel: string;
}

/** Two measured quantities against each other, a dot a run. */
export interface ScatterFigure {
  /** Tells the kinds apart. */
  readonly kind: "scatter";
  /** Stem of the file's name. */
  readonly name: string;
  /** Heading. */
  readonly title: string;
  /** Along the horizontal axis. */
  readonly x: Quantity;
  /** Along the vertical axis. */
  readonly y: Quantity;
  /** A setting that gives each of its values, words too, a colour. */
  readonly series: Quantity;
  /** What the line on which both are equal means. @default no line */
  readonly diagonal?: string;
}

/** A figure over all points of a sweep. */
export type SweepFigure = MapFigure | CurvesFigure | ScatterFigure;

const fields = { of: z.string(), label: z.string().optional(), scale: z.enum(["linear", "log"]).default("linear") };

const labelled = <Value extends { readonly of: string; readonly label?: string }>(value: Value) => ({
  ...value,
  label: value.label ?? value.of,
});

/** A quantity by its name alone, or with label and scale. */
const fromName = (value: unknown) => typeof value === "string" ? { of: value } : value;

const quantity = z.preprocess(fromName, z.strictObject(fields).transform(labelled));

const withTheory = z.preprocess(
  fromName,
  z.strictObject({ ...fields, theory: z.string().optional() }).transform(labelled),
);

const common = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case words joined by dashes"),
  title: z.string(),
};

/** The list of figures in a sweep's file. */
export const sweepFigures = z.array(z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("map"), ...common, x: quantity, y: quantity, colour: quantity }),
  z.strictObject({
    kind: z.literal("curves"),
    ...common,
    x: quantity,
    y: z.array(withTheory).min(1),
    series: quantity.optional(),
    theoryLabel: z.string().default("mean-field theory"),
  }),
  z.strictObject({
    kind: z.literal("scatter"),
    ...common,
    x: quantity,
    y: quantity,
    series: quantity,
    diagonal: z.string().optional(),
  }),
])).default([]);
