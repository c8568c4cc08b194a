/**
 * The transpose of a matrix.
 *
 * @param matrix rows × columns numbers, row-major
 * @returns columns × rows numbers, row-major
 */
export function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = matrix[row * columns + column];
  }
  return result;
}
