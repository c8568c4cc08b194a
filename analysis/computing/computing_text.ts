/** How well functions are computed, in words. */
import { greatest } from "d3-array";
import { markdownTable } from "../report/markdown.ts";
import { percent, significant, wholeNumber, withError } from "../report/number_text.ts";
import type { ComputingData, MethodName, MethodScore } from "./computing.ts";

const words: Readonly<Record<MethodName, string>> = {
  learned: "the trained network",
  linear: "best linear read-out of x",
  random: "random layer",
  dedicated: "a neuron a function",
};

/** A method in a few words, "random layer, 64 neurons". */
export function methodWords({ name, neurons }: Pick<MethodScore, "name" | "neurons">): string {
  return name === "random" || name === "dedicated" ? `${words[name]}, ${neurons} neurons` : words[name];
}

/** The functions that are asked for, "256 AND". */
export function functionWords({ functions }: Pick<ComputingData, "functions">): string {
  return functions.map(({ name, count }) => `${wholeNumber(count)} ${name.toUpperCase()}`).join(" and ");
}

/** The table of all methods, and what it is about. */
export function computingText(data: ComputingData): string {
  const { methods, samples, neurons, functions, functionsAbove, tried } = data;
  const rows = methods.map((method) => [
    methodWords(method),
    withError(method.explained.value, method.explained.error),
    withError(method.accuracy.value, method.accuracy.error),
    designWords(method),
  ]);
  return [
    `${
      functionWords(data)
    } of pairs of features, on layers of ${neurons.layer} neurons, ${neurons.all} in all. Explained is the ` +
    "share of the loss of the best constant that is taken away, by the loss that the network was trained with, mean over " +
    "functions; right is how often an output is on the right side of its best threshold, mean over the four states of its two " +
    `features. Errors are over ${wholeNumber(samples)} fresh samples, the same ones for all.`,
    markdownTable(["method", "explained", "right", "how it is built"], rows),
    `The linear read-out is the exact least-squares fit to the noisy input, which by theory explains ${
      functions.map(({ name, linear }) => `${significant(linear, 4)} of ${name.toUpperCase()}`).join(", ")
    }. Layers that are built by hand are read out by the ridge regression of each function with the weights of the loss; of ` +
    `${tried} of them the best ones are shown. ${thresholdWords(data)}${linearWords(data)} ${
      percent(functionsAbove)
    } of the functions are computed better by the ` +
    "trained network than the best of the others computes them on average.",
  ].join("\n\n");
}

/** Which method a threshold tells the functions best from. */
export function thresholdWords({ methods }: Pick<ComputingData, "methods">): string {
  const best = greatest(methods, (a, b) => a.accuracy.value - b.accuracy.value)!;
  const [learned] = methods;
  const beside = best === learned ? "" : `, the trained network ${percent(learned.accuracy.value)}`;
  return `Right most often: ${methodWords(best)}, ${percent(best.accuracy.value)}${beside}.`;
}

/** Why a linear read-out may be right more often and yet far from the value. */
function linearWords({ methods: [learned, linear] }: Pick<ComputingData, "methods">): string {
  if (linear.accuracy.value <= learned.accuracy.value) return "";
  return " A threshold on a sum of two features already tells AND and OR, and x is not compressed; what no linear read-out gives is " +
    "their value.";
}

function designWords({ design }: MethodScore): string {
  if (design === null) return "";
  const { featuresPerNeuron, signed, threshold, scale } = design;
  return `${featuresPerNeuron} features a neuron, ${signed ? "random signs" : "one sign"}, threshold ${threshold}` +
    (scale === 1 ? "" : `, times ${scale}`);
}
