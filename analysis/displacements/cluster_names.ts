/** How the four kinds of cluster are called and listed: E and D, centre and corner. */
import { type Place, places } from "./displacement_clusters.ts";
import { matrices, type MatrixName } from "../derivatives/weight_vector.ts";

const letters = { encoder: "E", decoder: "D" };

/** The kinds, in the order of every table. */
export const clusterKinds: readonly (readonly [MatrixName, Place])[] = matrices.flatMap((matrix) =>
  places.map((place) => [matrix, place] as const)
);

/** The name of a kind, such as "E centre". */
export function clusterName(matrix: MatrixName, place: Place): string {
  return `${letters[matrix]} ${place}`;
}

/** The heads of a table with a column for each kind. */
export function clusterNames(): string[] {
  return clusterKinds.map(([matrix, place]) => clusterName(matrix, place));
}

/** A cell for each kind. */
export function clusterCells(cell: (matrix: MatrixName, place: Place) => string): string[] {
  return clusterKinds.map(([matrix, place]) => cell(matrix, place));
}
