/** Reading the trace that ONNX Runtime writes when it profiles a session. */
import { z } from "zod";

/** What a trace says of one node. */
export interface ProfiledNode {
  readonly name: string;
  /** ONNX operator, or one that the runtime put in its place. */
  readonly operator: string;
  /** The execution provider that ran it, such as `CPUExecutionProvider`. */
  readonly provider: string;
  /** How often it ran. */
  readonly runs: number;
  /** Time in its kernel, summed over the runs, in milliseconds. */
  readonly milliseconds: number;
}

const kernelSuffix = "_kernel_time";

const eventSchema = z.object({
  cat: z.string(),
  name: z.string(),
  dur: z.number(),
  args: z.object({ op_name: z.string(), provider: z.string() }).partial(),
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
    });
  }
  return [...nodes.values()];
}
