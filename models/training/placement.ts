/** Where the nodes of the training Loop ran, read from a profile of a short training. */
import { join } from "node:path";
import type { Config } from "../experiment/config.ts";
import type { Device } from "../runtime/device.ts";
import { type ProfiledNode, readProfile } from "../runtime/profile.ts";
import { openSession } from "../runtime/session.ts";
import { chunkInputs, chunkModel, nextChunk, stepInputs } from "./training_graph.ts";
import { initialState } from "./training_state.ts";

/** A profiled training. */
export interface Placement {
  /** Every node that ran in each step: the body of the Loop. */
  readonly body: readonly ProfiledNode[];
  /** Nodes of the body that ran elsewhere than on the device, copies between devices included. */
  readonly misplaced: readonly ProfiledNode[];
  /** Kernel time of copies between host and device outside the body, as a share of the wall time. */
  readonly copyShare: number;
  /** Wall time of a step, in seconds, profiling included. */
  readonly secondsAStep: number;
}

const providers: Readonly<Record<Device, string>> = { cpu: "CPUExecutionProvider", cuda: "CUDAExecutionProvider" };

/**
 * Trains the first chunk of an experiment under the runtime's profiler.
 *
 * @param config at least two steps a chunk, so that the body of the Loop can be told from what is around it
 * @param folder where the runtime may write its trace
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { preset } from "../experiment/presets.ts";
 * import { profileTraining } from "./placement.ts";
 * const folder = await Deno.makeTempDir();
 * const small = { "model.features": 16, "model.hidden": 8, "training.steps": 4, "training.batch": 16 } as const;
 * const { body, misplaced } = await profileTraining(preset("quick", small), "cpu", folder);
 * assertEquals(misplaced, []); // every node of a step ran where it should
 * console.log(body.length, body[0].operator, body[0].milliseconds);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function profileTraining(config: Config, device: Device, folder: string): Promise<Placement> {
  const state = initialState(config);
  const chunk = nextChunk(config, state.step);
  if (chunk.steps < 2) throw new RangeError(`profileTraining: needs at least 2 steps a chunk, got ${chunk.steps}.`);
  const scratch = await Deno.makeTempDir({ dir: folder });
  try {
    const rows = stepInputs(config, chunk);
    const model = chunkModel(config, chunk, rows, []);
    const session = await openSession(model, { device, profilePrefix: join(scratch, "trace") });
    const started = performance.now();
    await session.run(chunkInputs(state, chunk, rows));
    const milliseconds = performance.now() - started;
    await session.release();
    const [trace] = Array.from(Deno.readDirSync(scratch));
    const nodes = readProfile(await Deno.readTextFile(join(scratch, trace.name)));
    const body = nodes.filter(({ runs }) => runs === chunk.steps);
    const around = nodes.filter((node) => !body.includes(node) && isCopy(node));
    return {
      body,
      misplaced: body.filter((node) => node.provider !== providers[device] || isCopy(node)),
      copyShare: around.reduce((sum, node) => sum + node.milliseconds, 0) / milliseconds,
      secondsAStep: milliseconds / 1000 / chunk.steps,
    };
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

function isCopy({ operator }: ProfiledNode): boolean {
  return operator.startsWith("Memcpy");
}
