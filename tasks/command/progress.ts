/** Shows how far a training is: a bar on a terminal, plain lines otherwise. */
// @ts-types="@types/cli-progress"
import cliProgress from "cli-progress";
import type { Progress } from "../../models/run/training_run.ts";

/** Least seconds between two plain lines. */
const secondsPerLine = 10;

/** A display of one training. */
export interface ProgressDisplay {
  report(progress: Progress): void;
  stop(): void;
}

/** Opens a display on standard error, so that standard output holds results only. */
export function showProgress(name: string): ProgressDisplay {
  return Deno.stderr.isTerminal() ? progressBar(name) : progressLines(name);
}

function progressBar(name: string): ProgressDisplay {
  const bar = new cliProgress.SingleBar({
    format: `${name} {bar} step {value}/{total}  objective {objective}  {left} left`,
    hideCursor: true,
    barsize: 24,
  }, cliProgress.Presets.shades_classic);
  let started = false;
  return {
    report({ step, steps, objective, secondsLeft }) {
      const payload = { objective: objective.toFixed(3), left: duration(secondsLeft) };
      if (!started) bar.start(steps, step, payload);
      else bar.update(step, payload);
      started = true;
    },
    stop: () => bar.stop(),
  };
}

function progressLines(name: string): ProgressDisplay {
  let printed = -Infinity;
  return {
    report({ step, steps, objective, seconds, secondsLeft }) {
      if (step < steps && seconds - printed < secondsPerLine) return;
      printed = seconds;
      console.error(
        `${name}: step ${step}/${steps}, objective ${objective.toFixed(3)}, ${duration(seconds)} so far, ` +
          `${duration(secondsLeft)} left`,
      );
    },
    stop() {},
  };
}

/** Seconds as people say them: `12 s`, `3 min 20 s`, `1 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
}
