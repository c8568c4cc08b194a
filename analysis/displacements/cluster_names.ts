/** How the four kinds of cluster are called and listed: E and D, centre and corner. */
import { type Region, regions } from "./displacement_clusters.ts";
import { matrices, type MatrixName } from "../derivatives/weight_vector.ts";

const letters = { encoder: "E", decoder: "D" };

/** The kinds, in the order of every table. */
export const clusterKinds: readonly (readonly [MatrixName, Region])[] = matrices.flatMap((matrix) =>
  regions.map((region) => [matrix, region] as const)
);

/** The name of a kind, such as "E centre". */
export function clusterName(matrix: MatrixName, region: Region): string {
  return `${letters[matrix]} ${region}`;
}

/** The heads of a table with a column for each kind. */
export function clusterNames(): string[] {
  return clusterKinds.map(([matrix, region]) => clusterName(matrix, region));
}

/** A cell for each kind. */
export function clusterCells(cell: (matrix: MatrixName, region: Region) => string): string[] {
  return clusterKinds.map(([matrix, region]) => cell(matrix, region));
}
