/**
 * What the pool of `deno task sweep` costs: the same points of `quick` through the task and in plain loops, one for each worker,
 * in turns. Prints the CPU time, of all processes together, and the wall time of each, start-up, table and page included:
 *
 *     deno run --allow-all tasks/sweep/overhead.ts [workers] [points] [rounds]
 *
 * The numbers mean something on an idle machine only; CPU time is read from /proc, which Linux has.
 */
import { median } from "d3-array";
import { fileURLToPath } from "node:url";
import { runPoint } from "../../analysis/study/sweep/sweep_point_run.ts";
import { parseSweep } from "../../analysis/study/sweep/sweep.ts";
import { sweepPoints } from "../../analysis/study/sweep/sweep_points.ts";
import { useThreads } from "../../models/runtime/session.ts";

const here = fileURLToPath(import.meta.url);
const project = fileURLToPath(new URL("../../", import.meta.url));

/** The sweep of so many points. */
const sweepOf = (points: number) => `{ name: overhead, preset: quick, seeds: ${points}, sections: [signs] }\n`;

/** The part of the points that falls to a plain loop. */
async function plainLoop(points: number, place: number, loops: number): Promise<void> {
  useThreads(1);
  const sweep = parseSweep(sweepOf(points), "overhead.yaml");
  for (const [index, point] of sweepPoints(sweep).entries()) {
    if (index % loops === place) await runPoint(point, `runs/${point.config.name}`, { keep: sweep.keep });
  }
}

/** Seconds that processes which have ended took of the CPU, with those that they had started. */
function childSeconds(): number {
  const fields = Deno.readTextFileSync("/proc/self/stat").split(") ")[1].split(" ");
  // After the name: the 14th and 15th are the times of children, in hundredths.
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** CPU and wall time of processes that run at once, each in a folder of its own. */
async function timed(
  processes: readonly (readonly string[])[],
  points: number,
): Promise<{ cpu: number; wall: number }> {
  const folder = await Deno.makeTempDir({ prefix: "pinfield-overhead-" });
  try {
    await Deno.writeTextFile(`${folder}/overhead.yaml`, sweepOf(points));
    await Deno.mkdir(`${folder}/runs`);
    const [cpu, started] = [childSeconds(), performance.now()];
    const ends = await Promise.all(processes.map((words) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "--no-check", "--allow-all", `--config=${project}deno.json`, ...words],
        cwd: folder,
        env: { ORT_DISABLE_TELEMETRY: "1" },
        stdout: "null",
        stderr: "null",
      }).output()
    ));
    if (!ends.every(({ success }) => success)) throw new Error(`A process of ${processes[0].join(" ")} failed.`);
    return { cpu: childSeconds() - cpu, wall: (performance.now() - started) / 1000 };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (Deno.args[0] === "loop") {
  const [points, place, loops] = Deno.args.slice(1).map(Number);
  await plainLoop(points, place, loops);
  Deno.exit(0);
}
const [workers = 2, points = 16, rounds = 3] = Deno.args.map(Number);
const pool = [[`${project}tasks/sweep.ts`, "overhead.yaml", "--device", "cpu", "--workers", String(workers)]];
const loops = Array.from({ length: workers }, (_, place) => [here, "loop", ...[points, place, workers].map(String)]);
const times: { cpu: number; wall: number }[][] = [[], []];
for (let round = 0; round < rounds; round++) {
  for (const [kind, processes] of [loops, pool].entries()) {
    const time = await timed(processes, points);
    times[kind].push(time);
    console.log(`${["loop", "pool"][kind]}: ${time.cpu.toFixed(2)} s of CPU, ${time.wall.toFixed(2)} s of wall`);
  }
}
for (const key of ["cpu", "wall"] as const) {
  const [loop, pool] = times.map((list) => median(list.map((time) => time[key]))!);
  const more = (100 * (pool / loop - 1)).toFixed(1);
  console.log(`${key}: loop ${loop.toFixed(2)} s, pool ${pool.toFixed(2)} s, ${more} % more; medians of ${rounds}`);
}
