/** Entropy that frustration leaves at zero temperature: exactly for strips, and in the limit. */

/** A strip of the triangular antiferromagnet, closed around and infinitely long. */
export interface StripEntropy {
  /** Spins around the strip. */
  readonly width: number;
  /** Logarithm of the number of ground states, a spin. */
  readonly entropyPerSpin: number;
}

/** Entropies of strips and what they extrapolate to. */
export interface ResidualEntropy {
  /** Ascending in width. */
  readonly strips: readonly StripEntropy[];
  /** From the two widest strips, for infinite width. */
  readonly extrapolated: number;
  /** Wannier's exact value. */
  readonly exact: number;
}

/**
 * Residual entropy of the triangular antiferromagnet: on strips by transfer matrix, extrapolated, and Wannier's value.
 *
 * Widths are multiples of 3, so that the three sublattices fit; then the entropy approaches its limit as width⁻² (a
 * critical point: Blöte, Cardy and Nightingale, Phys. Rev. Lett. 56, 742 (1986)), which two widths remove. Takes a second.
 */
export function residualEntropy(): ResidualEntropy {
  const strips = [3, 6, 9, 12, 15].map((width) => ({ width, entropyPerSpin: stripEntropy(width) }));
  const [shorter, longer] = strips.slice(-2).map(({ width, entropyPerSpin }) => ({
    square: width ** 2,
    entropyPerSpin,
  }));
  const extrapolated = (longer.square * longer.entropyPerSpin - shorter.square * shorter.entropyPerSpin) /
    (longer.square - shorter.square);
  return { strips, extrapolated, exact: wannierEntropy() };
}

/**
 * Entropy of a sign matrix of independent entries, in nats an entry: each is zero or not, and + or − with even chances.
 * It counts the matrices among which, the study claims, training picks one by chance.
 *
 * @param density p, the chance of a nonzero, strictly between 0 and 1
 */
export function signEntropy(density: number): number {
  return -density * Math.log(density / 2) - (1 - density) * Math.log1p(-density);
}

/** Wannier's entropy a spin, (2/π) ∫ ln(2 cos ω) dω over 0 … π/3 = 0.32307 (Phys. Rev. 79, 357 (1950)), by Simpson's rule. */
export function wannierEntropy(): number {
  const intervals = 1000;
  const step = Math.PI / 3 / intervals;
  let sum = 0;
  for (let node = 0; node <= intervals; node++) {
    const weight = node === 0 || node === intervals ? 1 : node % 2 === 1 ? 4 : 2;
    sum += weight * Math.log(2 * Math.cos(node * step));
  }
  return 2 / Math.PI * sum * step / 3;
}

/**
 * ln λ / width, with λ the largest eigenvalue of the transfer matrix between rows of `width` spins.
 *
 * In a ground state no triangle has three equal spins: each then has exactly one frustrated bond, the fewest possible. The
 * matrix holds 1 where two rows obey that. It is applied spin by spin, so a step takes 2·width·2^width operations and
 * no matrix is formed; power iteration finds λ. The mean of two iterates is kept, as −λ may be an eigenvalue too.
 *
 * @param width spins around the strip, 2 … 20
 * @returns entropy a spin in nats
 */
export function stripEntropy(width: number): number {
  if (!Number.isInteger(width) || width < 2 || width > 20) {
    throw new RangeError(`A strip can be 2 to 20 spins wide, got ${width}.`);
  }
  let rows = new Float64Array(2 ** width).fill(1);
  let eigenvalue = 0;
  for (let iteration = 0; iteration < 500; iteration++) {
    const next = addRow(rows, width);
    let total = 0;
    let before = 0;
    for (let row = 0; row < rows.length; row++) {
      next[row] += rows[row];
      total += next[row];
      before += rows[row];
    }
    const estimate = total / before - 1;
    for (let row = 0; row < next.length; row++) next[row] /= total;
    rows = next;
    if (Math.abs(estimate - eigenvalue) < 1e-11 * estimate) return Math.log(estimate) / width;
    eigenvalue = estimate;
  }
  throw new RangeError(`The transfer matrix of width ${width} did not converge.`);
}

/**
 * One application of the transfer matrix. Spin i of the new row sits between spins i and i + 1 of the old one. While the new row
 * is laid, a state holds the new spins up to i, the old ones after it, and above them the old spin 0, which closes the ring.
 */
function addRow(rows: Float64Array, width: number): Float64Array<ArrayBuffer> {
  const first = 2 ** width;
  let states = new Float64Array(2 * first);
  for (let row = 0; row < first; row++) states[row + first * (row & 1)] = rows[row];
  for (let spin = 0; spin < width; spin++) {
    const next = new Float64Array(2 * first);
    for (let state = 0; state < states.length; state++) {
      if (states[state] === 0) continue;
      const old = (state >> spin) & 1;
      // After the last spin comes the old spin 0, which is kept as bit `width`: the same shift.
      const oldRight = (state >> (spin + 1)) & 1;
      for (let fresh = 0; fresh < 2; fresh++) {
        if (old === oldRight && old === fresh) continue;
        if (spin > 0 && ((state >> (spin - 1)) & 1) === old && old === fresh) continue;
        next[(state & ~(1 << spin)) | (fresh << spin)] += states[state];
      }
    }
    states = next;
  }
  const result = new Float64Array(first);
  for (let state = 0; state < states.length; state++) {
    const row = state & (first - 1);
    const oldFirst = state >> width;
    const closing = (row >> (width - 1)) & 1;
    // The triangle of old spin 0 with the new spins on its two sides could not be checked before the ring closed.
    if (oldFirst === closing && oldFirst === (row & 1)) continue;
    result[row] += states[state];
  }
  return result;
}
