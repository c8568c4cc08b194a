/**
 * Averages of polynomials of tanh. The derivative of one is one again, since tanh' = 1 − tanh²: so every average that a
 * gradient asks for, however often it is taken, is a combination of the same moments E tanh(z)ᵖ.
 */
import { add, multiply, tanh } from "../../graph/elementwise_ops.ts";
import { reduceSum, sumTo } from "../../graph/layout_ops.ts";
import { composite, labelled, type Tensor } from "../../graph/tensor.ts";
import type { Averages, NormalInput } from "./averages.ts";
import { atNodes, weighted } from "./by_nodes.ts";

/** Coefficients by power, of t⁰, t¹, t², …. */
type Polynomial = readonly number[];

function product(a: Polynomial, b: Polynomial): Polynomial {
  const result = Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((left, i) => b.forEach((right, j) => result[i + j] += left * right));
  return result;
}

/** The derivative by z of p(tanh z): p'(t)·(1 − t²). */
function derivativeOf(polynomial: Polynomial): Polynomial {
  return product(polynomial.slice(1).map((coefficient, power) => coefficient * (power + 1)), [1, 0, -1]);
}

/**
 * The averages of φ(z) = p(tanh z).
 *
 * Their gradients are averages too (Stein 1981, Price 1958): ∂/∂s E f(z) = E f'(z), and ∂/∂v E f(z) = ½ E f''(z).
 *
 * @param activation p by its coefficients
 */
export function averagesOfTanh(activation: Polynomial, input: NormalInput): Averages {
  return labelled("averages", () => {
    const moment = moments(input);
    const average = (polynomial: Polynomial): Tensor =>
      composite("AverageOfTanh", [input.mean, input.variance], combination(polynomial, moment), (g) => {
        const slope = derivativeOf(polynomial);
        const bend = multiply(g, average(derivativeOf(slope)));
        return [multiply(g, average(slope)), multiply(sumTo(bend, input.variance.shape), 0.5)];
      });
    return {
      mean: average(activation),
      square: average(product(activation, activation)),
      derivative(order) {
        let polynomial = activation;
        for (let n = 0; n < order; n++) polynomial = derivativeOf(polynomial);
        return average(polynomial);
      },
    };
  });
}

/** E tanh(z)ᵖ by p. The nodes' weights are in the first power already, so that a moment is a sum. */
function moments(input: NormalInput): (power: number) => Tensor {
  const t = tanh(atNodes(input));
  const square = multiply(t, t);
  const first = weighted(t, input);
  const powers = [first, multiply(first, t)];
  const known = new Map<number, Tensor>();
  return (power) => {
    while (powers.length < power) powers.push(multiply(powers[powers.length - 2], square));
    if (!known.has(power)) known.set(power, reduceSum(powers[power - 1], { axes: [1] }));
    return known.get(power)!;
  };
}

/** Σ_p coefficient_p · E tanh(z)ᵖ. */
function combination(polynomial: Polynomial, moment: (power: number) => Tensor): Tensor {
  const terms = polynomial.flatMap((coefficient, power) =>
    coefficient === 0 || power === 0 ? [] : [multiply(moment(power), coefficient)]
  );
  const sum = terms.reduce(add);
  return polynomial[0] ? add(sum, polynomial[0]) : sum;
}
