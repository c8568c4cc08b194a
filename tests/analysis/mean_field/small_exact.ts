/** Exact small problems to hold sampled answers against. */

/** Every set of `count` of the numbers 0 … features − 1. */
export function supportsOf(features: number, count: number): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: features }, (_, last) => supportsOf(last, count - 1).map((rest) => [...rest, last]))
    .flat();
}

/** Solves a small symmetric positive definite system by elimination. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, place) => [...row, right[place]]);
  rows.forEach((pivot, place) => {
    rows.forEach((row, other) => {
      if (other === place) return;
      const factor = row[place] / pivot[place];
      row.forEach((_, column) => row[column] -= factor * pivot[column]);
    });
  });
  return rows.map((row, place) => row[row.length - 1] / row[place]);
}
