/** Averages of activations over a normal variable, by brute force in double precision. */
import erfc from "@stdlib/math-base-special-erfc";

/** What there is to average: φ² or a derivative of φ, by its order. */
export type Quantity = "square" | 0 | 1 | 2 | 3 | 4;

const density = (x: number) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
const distribution = (x: number) => erfc(-x / Math.SQRT2) / 2;
const tanh = Math.tanh;
const slopeOfTanh = (z: number) => 1 / Math.cosh(z) ** 2;

type Function1 = (z: number) => number;

/** φ, φ′ and φ″ as written down by mathematicians, of the activations that have all three. */
const smooth: Readonly<Record<string, readonly Function1[]>> = {
  tanh: [tanh, slopeOfTanh, (z) => -2 * tanh(z) * slopeOfTanh(z)],
  "tanh-cubed": [
    (z) => tanh(z) ** 3,
    (z) => 3 * tanh(z) ** 2 * slopeOfTanh(z),
    (z) => 6 * tanh(z) * (1 - 2 * tanh(z) ** 2) * slopeOfTanh(z),
  ],
  gelu: [
    (z) => z * distribution(z),
    (z) => distribution(z) + z * density(z),
    (z) => (2 - z * z) * density(z),
  ],
};

/** The Hermite polynomials that are orthogonal under the normal distribution. */
const hermite: readonly Function1[] = [
  () => 1,
  (t) => t,
  (t) => t ** 2 - 1,
  (t) => t ** 3 - 3 * t,
  (t) => t ** 4 - 6 * t ** 2 + 3,
];

/** Beyond this many standard deviations lies less than 10⁻¹⁸ of a normal variable. */
const far = 9;

/** E f(t) of a smooth f, t ~ N(0, 1), by 901 nodes of the trapezoidal rule: exact to rounding for what is asked here. */
function average(f: Function1): number {
  const step = 0.02;
  let sum = 0;
  for (let node = -far / step; node <= far / step; node++) sum += f(node * step) * density(node * step);
  return sum * step;
}

/** E f(t) of an f that is zero below `from` and smooth above, by Simpson's rule. */
function averageAbove(from: number, f: Function1): number {
  const [start, intervals] = [Math.max(from, -far), 1000];
  if (start >= far) return 0;
  const width = (far - start) / intervals;
  let sum = 0;
  for (let node = 0; node <= intervals; node++) {
    const weight = node === 0 || node === intervals ? 1 : node % 2 === 1 ? 4 : 2;
    sum += weight * f(start + node * width) * density(start + node * width);
  }
  return sum * width / 3;
}

/**
 * The average of φ² or of a derivative of φ over z ~ N(s, v).
 *
 * Derivatives that are not written down go by parts: E φ⁽ⁿ⁾(z) = E He_n(t) φ(z) / √vⁿ (Stein 1981).
 *
 * @throws {RangeError} for what is not known here: another activation, or such a derivative at v = 0
 */
export function averageOf(activation: string, quantity: Quantity, s: number, v: number): number {
  const root = Math.sqrt(v);
  const z = (t: number) => s + root * t;
  if (activation === "relu") {
    if (v === 0) throw new RangeError("no reference for relu at v = 0.");
    const from = -s / root;
    if (quantity === "square") return averageAbove(from, (t) => z(t) ** 2);
    return averageAbove(from, (t) => hermite[quantity](t) * z(t)) / root ** quantity;
  }
  if (!Object.hasOwn(smooth, activation)) throw new RangeError(`no reference for ${activation}.`);
  const derivatives = smooth[activation];
  const [value] = derivatives;
  const integrand = quantity === "square" ? (z: number) => value(z) ** 2 : derivatives[quantity];
  if (v === 0 && integrand !== undefined) return integrand(s);
  if (quantity === "square" || integrand !== undefined) return average((t) => integrand(z(t)));
  if (v === 0) throw new RangeError(`no reference for derivative ${quantity} at v = 0.`);
  return average((t) => hermite[quantity](t) * value(z(t))) / root ** quantity;
}
