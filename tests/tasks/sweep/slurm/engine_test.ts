/** A sweep through a real Slurm, under everything that may happen to jobs. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder, readResult, runTask, taskCommand } from "../../run_task.ts";
import { type Cluster, largestArray, withCluster, withoutSlurm } from "./cluster.ts";

/** More points than an array of the cluster may have tasks; some take long enough for what happens to them. */
const tiny = `
name: tiny
preset: quick
set: { model.features: 12, training.steps: 20, training.chunk: 10, training.batch: 6, training.checkpointSeconds: 0 }
sections: [signs]
seeds: 2
grid: { model.hidden: [6, 8] }
points:
  - { name: diverges, optimizer.learningRate: 1.0e+30 }
  - { name: long, training.steps: 1500 }
`;

const words = ["tiny.yaml", "--engine", "slurm", "--workers", "8"];

const tables = (folder: string) =>
  Promise.all(["csv", "parquet"].map((kind) => Deno.readFile(`${folder}/runs/tiny/table.${kind}`)));

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 1200; turn++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited in vain: ${what}.`);
}

/** The tasks in the queue that are in a state: "3_0" and the like, or what another format of Slurm's says of them. */
async function inState({ command }: Cluster, state: string, format = "%i"): Promise<string[]> {
  const said = await command("squeue", "--noheader", "--array", `--states=${state}`, `--format=${format}`);
  return said.split("\n").filter((line) => line !== "");
}

const isHold = (reason: string) => reason === "launch failed requeued held";

Deno.test({
  name:
    "sweep --engine slurm gives the local table bit for bit: an array that is full, a node that cannot start jobs, a shell " +
    "that ends, a node that goes down and a job that is killed lose nothing",
  ignore: withoutSlurm,
  fn: () =>
    inFolder(async (folder) => {
      const [local, shared, scratch] = ["local", "shared", "scratch"].map((name) => `${folder}/${name}`);
      for (const place of [local, shared, scratch]) await Deno.mkdir(place);
      for (const place of [local, shared]) await Deno.writeTextFile(`${place}/tiny.yaml`, tiny);
      assertEquals((await runTask("sweep", local, "tiny.yaml", "--device", "cpu")).code, 1);
      await withCluster(scratch, async (cluster) => {
        const inCluster = <Result>(body: () => Result) => {
          Deno.env.set("SLURM_CONF", cluster.environment.SLURM_CONF);
          try {
            return body();
          } finally {
            Deno.env.delete("SLURM_CONF");
          }
        };
        // The node has no place for the scripts of jobs: Slurm holds what it cannot start.
        await cluster.breakSpool();
        const checkpoints = (seed: number) => `${shared}/runs/tiny/long-seed-${seed}/checkpoints`;
        const first = inCluster(() => taskCommand("sweep", shared, ...words).spawn());
        await until(async () => (await inState(cluster, "PENDING", "%r")).some(isHold), "jobs are held");
        await cluster.mendSpool();
        await until(async () => await exists(checkpoints(0)) || await exists(checkpoints(1)), "a long point runs");
        const submitted = Array.from(Deno.readDirSync(`${shared}/runs/tiny/slurm/1`), ({ name }) => name);
        assertEquals(submitted.filter((name) => /^task-\d+\.json$/.test(name)).length, largestArray);

        // The submitting shell ends, and the node goes down: what ran there is queued again.
        first.kill("SIGKILL");
        const { errors: saidFirst } = readResult(await first.output());
        assertStringIncludes(saidFirst, "pending (launch failed requeued held)");
        const running = await inState(cluster, "RUNNING");
        await cluster.command("scontrol", "update", `NodeName=${cluster.node}`, "State=DOWN", "Reason=test");
        let again: string[] = [];
        await until(async () => {
          again = (await inState(cluster, "PENDING")).filter((task) => running.includes(task));
          return again.length > 0;
        }, "what ran is queued again");

        // Another call follows them until the node is there again. Then one of them is killed, and what it had is submitted again.
        const second = inCluster(() => taskCommand("sweep", shared, ...words).spawn());
        const result = second.output();
        await cluster.command("scontrol", "update", `NodeName=${cluster.node}`, "State=RESUME");
        await until(async () => (await inState(cluster, "RUNNING")).includes(again[0]), "the job runs again");
        await cluster.command("scancel", "--signal=KILL", "--full", again[0]);
        const { code, output, errors } = readResult(await result);
        assertEquals(code, 1, errors);
        assertStringIncludes(errors, "that are queued already");
        assertStringIncludes(output, "runs/tiny: 6 of 8 points done, 2 failed");
        assert(await exists(`${shared}/runs/tiny/slurm/2`), "what was killed is submitted again");
        assertEquals(await tables(shared), await tables(local));
      });
    }),
});
