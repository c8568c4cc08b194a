/** A Slurm cluster of this one machine, in a scratch folder, with its own sockets and ports: started for a test and stopped again. */

const programs = ["slurmctld", "slurmd", "munged", "sbatch", "squeue", "scontrol", "scancel"];

/** Whether tests that need Slurm are left out: where it is not installed or its daemons may not run, unless it is demanded. */
export const withoutSlurm = Deno.env.get("PINFIELD_REQUIRE_SLURM") !== "1" &&
  (Deno.uid() !== 0 || !programs.every(isInstalled));

function isInstalled(program: string): boolean {
  return Deno.env.get("PATH")!.split(":").some((folder) => {
    try {
      return Deno.statSync(`${folder}/${program}`).isFile;
    } catch {
      return false;
    }
  });
}

/** A cluster that runs. */
export interface Cluster {
  /** The environment in which Slurm's commands find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The name of its one node. */
  readonly node: string;
  /** Runs one of Slurm's commands and gives what it prints. */
  command(program: string, ...words: string[]): Promise<string>;
  /** From now on the node can start no job. */
  breakSpool(): Promise<void>;
  /** It can again. */
  mendSpool(): Promise<void>;
}

/** The most tasks that an array may have on the cluster. */
export const largestArray = 4;

/** Runs a cluster while the body runs. Everything of it lies in the folder. */
export async function withCluster(folder: string, body: (cluster: Cluster) => Promise<void>): Promise<void> {
  const node = (await output("hostname", ["-s"])).trim();
  const environment = { SLURM_CONF: `${folder}/slurm.conf` };
  await Deno.chmod(folder, 0o755);
  for (const name of ["state", "spool", "logs"]) await Deno.mkdir(`${folder}/${name}`);
  await Deno.writeFile(`${folder}/munge.key`, crypto.getRandomValues(new Uint8Array(1024)), { mode: 0o600 });
  await Deno.writeTextFile(`${folder}/slurm.conf`, configuration(folder, node));
  const places = { socket: "munge.sock", "key-file": "munge.key", "pid-file": "munged.pid", "seed-file": "munge.seed" };
  const options = Object.entries({ ...places, "log-file": "logs/munged.log" }).map(([option, name]) =>
    `--${option}=${folder}/${name}`
  );
  const command = (program: string, ...words: string[]) => output(program, words, environment);
  try {
    await output("munged", ["--force", ...options]);
    await command("slurmctld");
    await command("slurmd");
    await body({
      environment,
      node,
      command,
      // The daemon writes a job's script below this folder, and cannot where that is a file.
      async breakSpool() {
        await Deno.rename(`${folder}/spool`, `${folder}/spool-away`);
        await Deno.writeFile(`${folder}/spool`, new Uint8Array());
      },
      async mendSpool() {
        await Deno.remove(`${folder}/spool`);
        await Deno.rename(`${folder}/spool-away`, `${folder}/spool`);
      },
    });
  } finally {
    await command("scancel", "--signal=KILL", "--user=root", "--full").catch(() => undefined);
    await command("scontrol", "shutdown").catch(() => undefined);
    for (const daemon of ["slurmd", "slurmctld", "munged"]) await stopped(`${folder}/${daemon}.pid`);
  }
}

async function output(program: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${text(stderr)}`);
  return text(stdout);
}

/** Ends a daemon and waits until it is gone. */
async function stopped(pidFile: string): Promise<void> {
  const pid = Number(await Deno.readTextFile(pidFile).catch(() => "0"));
  if (pid === 0) return;
  for (let turn = 0; turn < 100; turn++) {
    try {
      Deno.kill(pid, turn < 50 ? "SIGTERM" : "SIGKILL");
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Processes are told apart without control groups, and nothing is accounted: a sandbox without systemd has neither. */
function configuration(folder: string, node: string): string {
  const settings = {
    ClusterName: "scratch",
    SlurmctldHost: node,
    SlurmUser: "root",
    SlurmdUser: "root",
    SlurmctldPort: freePort(),
    SlurmdPort: freePort(),
    AuthType: "auth/munge",
    // A job whose node fails waits so many seconds, and one more, before it starts again; by default 120, and at the least 5.
    AuthInfo: `socket=${folder}/munge.sock,cred_expire=5`,
    CredType: "cred/munge",
    StateSaveLocation: `${folder}/state`,
    SlurmdSpoolDir: `${folder}/spool`,
    SlurmctldPidFile: `${folder}/slurmctld.pid`,
    SlurmdPidFile: `${folder}/slurmd.pid`,
    SlurmctldLogFile: `${folder}/logs/slurmctld.log`,
    SlurmdLogFile: `${folder}/logs/slurmd.log`,
    ProctrackType: "proctrack/linuxproc",
    TaskPlugin: "task/none",
    SwitchType: "switch/none",
    MpiDefault: "none",
    // A node that is set down stays so until it is resumed.
    ReturnToService: 1,
    SchedulerType: "sched/builtin",
    SchedulerParameters: "sched_interval=1,batch_sched_delay=0,sched_min_interval=0",
    SelectType: "select/cons_tres",
    SelectTypeParameters: "CR_CPU",
    JobAcctGatherType: "jobacct_gather/none",
    MaxArraySize: largestArray,
    KillWait: 2,
  };
  return [
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    `NodeName=${node} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000`,
    `PartitionName=main Nodes=${node} Default=YES MaxTime=INFINITE State=UP`,
    "",
  ].join("\n");
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
