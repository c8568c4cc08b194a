import * as Plot from "@observablehq/plot";
import type { GroundState } from "../../../analysis/ground_state/ground_state.ts";
import { candidateName } from "../../../analysis/ground_state/ground_state_text.ts";
import { percent, significant } from "../../../analysis/report/number_text.ts";
import { margins, nameMargin, paddedDomain, xAxis } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

const stages = [
  { stage: "energy", label: "c·S with its optimal decoder", colour: theme.neutral },
  { stage: "relaxed", label: "both matrices relaxed", colour: theme.blue },
] as const;

/** The learned signs beside designs and what searches made of them. */
export const groundState: Chart<GroundState> = chart(draw, ({ analysis }) => analysis.groundState);

function draw({ candidates, learned }: GroundState): Figure {
  const rows = candidates.map((candidate) => ({
    name: candidateName(candidate),
    energy: candidate.energy,
    relaxed: candidate.relaxed.value,
  }));
  const lowest = rows.reduce((best, row) => row.relaxed < best.relaxed ? row : best);
  const plot: Plot.PlotOptions = {
    ...margins,
    marginLeft: nameMargin(rows.map(({ name }) => name)),
    height: 66 + 32 * rows.length,
    x: xAxis("objective", {
      domain: paddedDomain([learned.value, ...rows.flatMap(({ energy, relaxed }) => [energy, relaxed])], 0.1),
      grid: true,
      ticks: 6,
    }),
    y: { type: "point", domain: rows.map(({ name }) => name), padding: 0.6, label: null, tickSize: 0 },
    marks: [
      Plot.ruleX([learned.value], { stroke: theme.vermilion, strokeDasharray: "4 3", strokeWidth: 1.5 }),
      Plot.ruleY(rows, { y: "name", x1: "energy", x2: "relaxed", stroke: theme.neutral, strokeWidth: 1 }),
      ...stages.map(({ stage, colour }) =>
        Plot.dot(rows, { x: stage, y: "name", r: 4.5, fill: colour, stroke: theme.paper, strokeWidth: 0.75 })
      ),
    ],
  };
  const gain = 1 - lowest.relaxed / learned.value;
  const caption =
    "What each sign matrix costs, rigidly and after both matrices have followed; the dashed line is where the " +
    `learned weights themselves descend to. The lowest is ${lowest.name}, ${percent(Math.abs(gain))} ${
      gain >= 0 ? "below" : "above"
    } it.`;
  const table = {
    columns: ["S", "neurons a feature", "c", "energy", "relaxed", "4-cycles", "frustrated"],
    rows: candidates.map((candidate) => [
      candidateName(candidate),
      significant(candidate.neuronsPerFeature),
      significant(candidate.amplitude),
      significant(candidate.energy, 4),
      significant(candidate.relaxed.value, 4),
      String(candidate.statistics.fourCycles),
      percent(candidate.statistics.frustration),
    ]),
  };
  return gridFigure({ name: "ground-state", title: "Is the learned S a ground state?", caption, tables: [table] }, [
    plot,
  ], {
    key: [...stages.map(({ label, colour }) => ({ label, colour })), {
      label: "learned weights, relaxed",
      colour: theme.vermilion,
    }],
  });
}
