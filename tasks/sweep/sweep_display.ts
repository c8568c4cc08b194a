/** Shows how far a sweep is: a live table of its workers on a terminal, plain lines otherwise. */
// @ts-types="@types/cli-progress"
import cliProgress from "cli-progress";
import { duration } from "../command/progress.ts";

/** A sweep as it is at a moment. */
export interface SweepState {
  /** Points that are done or failed, of all. */
  readonly ended: number;
  readonly points: number;
  readonly failed: number;
  /** Since the sweep was started, and expected to its end; NaN while nothing is known. */
  readonly seconds: number;
  readonly secondsLeft: number;
}

/** A display of one sweep. */
export interface SweepDisplay {
  /** Told of the sweep as a whole. */
  show(state: SweepState): void;
  /** Told what a worker is at: a point, the part of it that is done, and what is being done. */
  worker(place: number, point: string, part: number, stage: string): void;
  /** Prints a line that stays. */
  note(line: string): void;
  stop(): void;
}

/** Least seconds between two plain lines. */
const secondsPerLine = 10;

/** Opens a display on standard error, so that standard output holds results only. */
export function showSweep(name: string): SweepDisplay {
  return Deno.stderr.isTerminal() ? table(name) : plainLines(name);
}

function left(seconds: number): string {
  return Number.isFinite(seconds) ? `${duration(seconds)} left` : "";
}

function table(name: string): SweepDisplay {
  const bars = new cliProgress.MultiBar({
    format: "  {bar} {point}  {stage}",
    hideCursor: true,
    barsize: 16,
    clearOnComplete: false,
    forceRedraw: true,
  }, cliProgress.Presets.shades_classic);
  const whole = bars.create(1, 0, { failures: "", left: "" }, {
    format: `${name} {bar} {value}/{total} points{failures}  {left}`,
  });
  const workers = new Map<number, cliProgress.SingleBar>();
  return {
    show({ ended, points, failed, secondsLeft }) {
      whole.setTotal(points);
      whole.update(ended, { failures: failed > 0 ? `, ${failed} failed` : "", left: left(secondsLeft) });
    },
    worker(place, point, part, stage) {
      const bar = workers.get(place) ?? bars.create(100, 0, { point, stage });
      workers.set(place, bar);
      bar.update(Math.round(100 * part), { point, stage });
    },
    note: (line) => bars.log(`${line}\n`),
    stop: () => bars.stop(),
  };
}

function plainLines(name: string): SweepDisplay {
  let printed = -Infinity;
  return {
    show({ ended, points, failed, seconds, secondsLeft }) {
      if (ended < points && seconds - printed < secondsPerLine) return;
      printed = seconds;
      const failures = failed > 0 ? `, ${failed} failed` : "";
      const rest = left(secondsLeft);
      console.error(
        `${name}: ${ended}/${points} points${failures}, ${duration(seconds)} so far${
          rest && ended < points ? `, ${rest}` : ""
        }`,
      );
    },
    worker() {},
    note: (line) => console.error(line),
    stop() {},
  };
}
