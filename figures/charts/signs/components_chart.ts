import * as Plot from "@observablehq/plot";
import { descending, max } from "d3-array";
import { percent } from "../../../analysis/report/number_text.ts";
import { components as componentsOf } from "../../../analysis/signs/components.ts";
import type { SignMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { margins, xAxis, yAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import type { Material } from "../../render/figure_material.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

/** S with its components beside one another. */
export const components: Chart<SignMatrix> = chart(draw, signsOf);

/** Nonzeros that a figure can show one by one. */
const MOST_EDGES = 3000;

/** S, where it falls apart: most of its features must be outside the largest component. */
function signsOf({ signs }: Material): SignMatrix | undefined {
  if (signs.edges === 0 || signs.edges > MOST_EDGES) return undefined;
  const largest = max(componentsOf(signs), ({ features }) => features.length)!;
  return largest < signs.features / 2 ? signs : undefined;
}

function draw(signs: SignMatrix): Figure {
  const { features, hidden, entries } = signs;
  const found = componentsOf(signs).sort((a, b) =>
    descending(a.features.length, b.features.length) || descending(a.neurons.length, b.neurons.length)
  );
  const [rows, columns] = [found.flatMap((each) => each.features), found.flatMap((each) => each.neurons)];
  const cells = rows.flatMap((feature, row) =>
    columns.flatMap((neuron, column) => {
      const sign = entries[feature * hidden + neuron];
      return sign === 0 ? [] : [{ row, column, sign }];
    })
  );
  let [row, column] = [0, 0];
  const frames = found.filter(({ neurons }) => neurons.length > 0).map(({ features, neurons }) => {
    const frame = { x1: column, x2: column + neurons.length, y1: row, y2: row + features.length };
    [row, column] = [frame.y2, frame.x2];
    return frame;
  });
  const square = found.filter((each) => each.features.length === each.neurons.length);
  const inSquare = square.reduce((sum, each) => sum + each.features.length, 0) / features;
  const orthogonal = found.filter((each) => each.features.length > 1 && each.orthogonal);
  const plot: Plot.PlotOptions = {
    ...margins,
    height: 620,
    x: xAxis("neuron", { domain: [0, columns.length] }),
    y: yAxis("feature", { domain: [features, 0] }),
    marks: [
      Plot.rect(frames, { x1: "x1", x2: "x2", y1: "y1", y2: "y2", stroke: theme.neutral, strokeWidth: 0.75 }),
      Plot.rect(cells, {
        x1: "column",
        x2: ({ column }) => column + 1,
        y1: "row",
        y2: ({ row }) => row + 1,
        fill: ({ sign }) => sign > 0 ? theme.blue : theme.vermilion,
        inset: 0.25,
      }),
    ],
  };
  const caption =
    `S with features and neurons in the order of its ${found.length} components, a frame around each. In those of as many ` +
    `neurons as features are ${
      percent(inSquare)
    } of the features; ${orthogonal.length} of two features or more have all of ` +
    "them orthogonal.";
  const kinds = Map.groupBy(found, (each) => `${each.features.length} × ${each.neurons.length}`);
  const table = {
    columns: ["features × neurons", "components", "with all features orthogonal"],
    rows: [...kinds].map(([kind, alike]) => [
      kind,
      String(alike.length),
      String(alike.filter((each) => each.orthogonal).length),
    ]),
  };
  return gridFigure({ name: "components", title: "What S falls apart into", caption, tables: [table] }, [plot], {
    key: [{ label: "+1", colour: theme.blue }, { label: "−1", colour: theme.vermilion }],
  });
}
