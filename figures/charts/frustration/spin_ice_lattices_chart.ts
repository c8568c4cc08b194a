import * as Plot from "@observablehq/plot";
import { isFrustrated, type IsingModel, latticeBonds } from "../../../analysis/frustration/ising.ts";
import type { CooledLattice } from "../../../analysis/frustration/spin_models.ts";
import { significant, wholeNumber } from "../../../analysis/report/number_text.ts";
import type { SignMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { panelTitle } from "../../render/render_axis.ts";
import { type Figure, gridFigure } from "../../render/figure.ts";
import { theme } from "../../render/figure_theme.ts";
import { type Chart, chart } from "../chart.ts";

const names: Readonly<Record<IsingModel, string>> = {
  ferromagnet: "Ferromagnet",
  antiferromagnet: "Antiferromagnet",
  triangularAntiferromagnet: "Triangular antiferromagnet",
};

const size = { width: 400, height: 350, marginLeft: 46, marginRight: 46, marginTop: 38, marginBottom: 6 } as const;
const up = { fill: theme.blue, stroke: theme.blue };
const down = { fill: theme.paper, stroke: theme.orange };
/** Features and neurons of S that are shown. */
const shown = 36;

/** Cooled lattices, and the sign matrix to compare them with. */
export interface FrozenSigns {
  /** A panel each. */
  readonly lattices: readonly CooledLattice[];
  /** S. */
  readonly signs: SignMatrix;
}

/** Spin lattices with none, one and many ways to be content, and a corner of the sign matrix S beside them. */
export const isingLattices: Chart<FrozenSigns> = chart(
  draw,
  ({ analysis: { ising }, signs }) => ising && { lattices: ising.lattices, signs },
);

function draw({ lattices, signs }: FrozenSigns): Figure {
  const { features, hidden } = signs;
  const caption =
    "Spins cooled by simulated annealing: on triangles not all bonds can be content, and which ones give way is decided " +
    "by chance, and freezes. The study sees S alike, the entries of which freeze by chance while the weights adjust; " +
    `shown are ${Math.min(shown, features)} of ${wholeNumber(features)} features and ${Math.min(shown, hidden)} of ${
      wholeNumber(hidden)
    } neurons.`;
  const table = {
    columns: ["lattice", "size", "energy a spin", "size enumerated", "least energy a spin", "ground states"],
    rows: lattices.map(({ annealed, enumerated }) => [
      names[annealed.model],
      `${annealed.size} × ${annealed.size}`,
      significant(annealed.energyPerSpin),
      `${enumerated.size} × ${enumerated.size}`,
      significant(enumerated.energyPerSpin),
      wholeNumber(enumerated.count),
    ]),
  };
  return gridFigure(
    { name: "ising-lattices", title: "Frozen, frustrated, random", caption, tables: [table] },
    [...lattices.map(({ annealed }) => latticePlot(annealed)), signPlot(signs)],
    {
      columns: 2,
      key: [
        { label: "spin up, S = 1", colour: theme.blue },
        { label: "spin down, S = −1", colour: theme.orange },
        { label: "frustrated bond", colour: theme.vermilion, shape: "line" },
      ],
    },
  );
}

function latticePlot({ model, size: edge, spins }: CooledLattice["annealed"]): Plot.PlotOptions {
  const triangular = model === "triangularAntiferromagnet";
  const rowHeight = triangular ? Math.sqrt(3) / 2 : 1;
  // Rows of the triangular lattice are shifted by half a site each; around the edge they are wrapped into a rectangle.
  const place = (site: number) => {
    const row = Math.floor(site / edge);
    return { x: (site % edge + (triangular ? row / 2 : 0)) % edge, y: row * rowHeight };
  };
  const bonds = latticeBonds(model, edge);
  const links = Array.from({ length: bonds.length / 2 }, (_, bond) => {
    const [a, b] = [bonds[2 * bond], bonds[2 * bond + 1]];
    return { from: place(a), to: place(b), frustrated: isFrustrated(model, spins[a], spins[b]) };
  }).filter(({ from, to }) => Math.hypot(to.x - from.x, to.y - from.y) < 1.5); // not those around the edge
  const ends = { x1: "x1", y1: "y1", x2: "x2", y2: "y2" };
  const linesOf = (frustrated: boolean) =>
    links.filter((link) => link.frustrated === frustrated)
      .map(({ from, to }) => ({ x1: from.x, y1: from.y, x2: to.x, y2: to.y }));
  const sites = Array.from(spins, (spin, site) => ({ ...place(site), spin }));
  const dot = { x: "x", y: "y", r: 6, strokeWidth: 2.5 } as const;
  const middle = (edge - 1) * rowHeight / 2;
  return {
    ...size,
    x: { domain: [-0.5, edge], axis: null },
    y: { domain: [middle - (edge + 0.5) / 2, middle + (edge + 0.5) / 2], axis: null },
    marks: [
      Plot.link(linesOf(false), { ...ends, stroke: theme.rule, strokeWidth: 1.5 }),
      Plot.link(linesOf(true), { ...ends, stroke: theme.vermilion, strokeWidth: 3 }),
      Plot.dot(sites.filter(({ spin }) => spin > 0), { ...dot, ...up }),
      Plot.dot(sites.filter(({ spin }) => spin < 0), { ...dot, ...down }),
      panelTitle(names[model]),
    ],
  };
}

function signPlot({ features, hidden, entries }: SignMatrix): Plot.PlotOptions {
  const rows = Math.min(shown, features);
  const columns = Math.min(shown, hidden);
  const cells = Array.from({ length: rows * columns }, (_, index) => {
    const feature = Math.floor(index / columns);
    const neuron = index % columns;
    return { feature, neuron, sign: entries[feature * hidden + neuron] };
  }).filter(({ sign }) => sign !== 0);
  const cell = {
    x1: ({ neuron }: { neuron: number }) => neuron,
    x2: ({ neuron }: { neuron: number }) => neuron + 1,
    y1: ({ feature }: { feature: number }) => feature,
    y2: ({ feature }: { feature: number }) => feature + 1,
  };
  return {
    ...size,
    x: { domain: [0, columns], ticks: 0, label: "neurons", labelAnchor: "center", labelArrow: "none" },
    y: { domain: [rows, 0], ticks: 0, label: "features", labelAnchor: "center", labelArrow: "none" },
    marginBottom: 22,
    marks: [
      Plot.rect(cells.filter(({ sign }) => sign > 0), { ...cell, fill: theme.blue }),
      Plot.rect(cells.filter(({ sign }) => sign < 0), { ...cell, fill: theme.orange }),
      Plot.frame({ stroke: theme.muted }),
      panelTitle("The sign matrix S"),
    ],
  };
}
