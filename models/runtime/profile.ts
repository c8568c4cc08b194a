/** Reading the trace that ONNX Runtime writes when it profiles a session. */
import { z } from "zod";

/** What a trace says of one node. */
export interface ProfiledNode {
  /** As in the model, or as the runtime has named it. */
  readonly name: string;
  /** ONNX operator, or one that the runtime put in its place. */
  readonly operator: string;
  /** The execution provider that ran it, such as `CPUExecutionProvider`. */
  readonly provider: string;
  /** How often it ran. */
  readonly runs: number;
  /** Time in its kernel, summed over the runs, in milliseconds. */
  readonly milliseconds: number;
  /** Bytes that it reads and writes, summed over the runs. */
  readonly bytes: number;
  /** Floating-point operations of a matrix product, summed over the runs; 0 for every other operator. */
  readonly operations: number;
}

const kernelSuffix = "_kernel_time";

const shapesSchema = z.array(z.record(z.string(), z.array(z.number())));

const eventSchema = z.object({
  cat: z.string(),
  name: z.string(),
  dur: z.number(),
  args: z.object({
    op_name: z.string(),
    provider: z.string(),
    activation_size: z.coerce.number(),
    parameter_size: z.coerce.number(),
    output_size: z.coerce.number(),
    input_type_shape: shapesSchema,
    output_type_shape: shapesSchema,
  }).partial(),
});

/**
 * Sums the kernel events of a trace by node.
 *
 * @param trace the text of the file, a JSON array of events in Chrome's trace format
 * @throws {z.ZodError} if it is no such trace
 */
export function readProfile(trace: string): ProfiledNode[] {
  const nodes = new Map<string, ProfiledNode>();
  for (const { cat, name, dur, args } of z.array(eventSchema).parse(JSON.parse(trace))) {
    const { op_name: operator, provider } = args;
    if (cat !== "Node" || !name.endsWith(kernelSuffix) || operator === undefined || provider === undefined) continue;
    const before = nodes.get(name);
    nodes.set(name, {
      name: name.slice(0, -kernelSuffix.length),
      operator,
      provider,
      runs: (before?.runs ?? 0) + 1,
      milliseconds: (before?.milliseconds ?? 0) + dur / 1000,
      bytes: (before?.bytes ?? 0) + bytesOf(args),
      operations: (before?.operations ?? 0) + operationsOf(args),
    });
  }
  return [...nodes.values()];
}

type EventArguments = z.infer<typeof eventSchema>["args"];

/** Operators that give another shape to values that stay where they are. */
const views = new Set(["Reshape", "Unsqueeze", "Squeeze", "Flatten"]);

function bytesOf({ op_name = "", activation_size = 0, parameter_size = 0, output_size = 0 }: EventArguments): number {
  if (views.has(op_name)) return 0;
  // Of what it gathers from, it reads only what it gives.
  if (op_name === "Gather") return 2 * output_size;
  return activation_size + parameter_size + output_size;
}

/** What the trace calls the matrix products, fused ones included. */
const products = new Set(["Gemm", "MatMul", "FusedMatMul", "FusedGemm"]);

/** 2·m·k·n, with m·k the size of the left factor whether or not it is transposed. */
function operationsOf({ op_name = "", input_type_shape = [], output_type_shape = [] }: EventArguments): number {
  if (!products.has(op_name) || input_type_shape.length === 0 || output_type_shape.length === 0) return 0;
  const [left, output] = [input_type_shape[0], output_type_shape[0]].map((typed) => Object.values(typed)[0]);
  return 2 * left.reduce((size, extent) => size * extent, 1) * (output.at(-1) ?? 1);
}
