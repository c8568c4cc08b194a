/** The experiments of a sweep, one a point and seed. */
import { dirname, join } from "node:path";
import { UsageError } from "../../../models/errors.ts";
import type { Config } from "../../../models/experiment/config.ts";
import { loadConfigFile, loadPreset, type Settings } from "../../../models/experiment/presets.ts";
import { hashSeed, type RandomStream, randomStream } from "../../../models/random.ts";
import { type SectionKey, sectionsOf } from "../../report/sections.ts";
import type { ListedPoint, PointSettings, RandomRange, Sweep } from "./sweep.ts";

/** An experiment of a sweep. */
export interface SweepPoint {
  /** Its name is that of its folder. */
  readonly config: Config;
  /** What the experiment is made from, if that is a preset. */
  readonly preset?: string;
  /** Keys of the sections that are measured. */
  readonly keys: readonly SectionKey[];
  /** The settings by which the points differ, as the sweep gives them. */
  readonly settings: PointSettings;
}

/**
 * Lists the points of a sweep: first every combination of the grid, then the random ones, then those that are listed; of each
 * point all seeds. See {@linkcode parseSweep}.
 *
 * @param path of the sweep's file, which a `config` is relative to
 * @throws {UsageError} if a setting does not fit, or two points would have one name
 */
export function sweepPoints(sweep: Sweep, path = "."): SweepPoint[] {
  const listed = [...gridPoints(sweep), ...randomPoints(sweep), ...sweep.points];
  // A sweep of nothing is its experiment, once for each seed.
  const points = (listed.length > 0 ? listed : [{ settings: {} }]).flatMap((point) => withSeeds(sweep, path, point));
  const names = new Set<string>();
  for (const { config: { name } } of points) {
    if (names.has(name)) {
      throw new UsageError(`Two points of ${sweep.name} are called ${name}; give listed points a name of their own.`);
    }
    names.add(name);
  }
  return points;
}

function gridPoints({ grid }: Sweep): ListedPoint[] {
  const axes = Object.entries(grid);
  if (axes.length === 0) return [];
  const combinations = axes.reduce<PointSettings[]>(
    (points, [key, values]) =>
      points.flatMap((settings) => values.map((value) => ({ ...settings, ...settingsOf(key, value) }))),
    [{}],
  );
  return combinations.map((settings) => ({ settings }));
}

/** What a value of an axis sets: its key, or the keys that it names. */
function settingsOf(key: string, value: unknown): PointSettings {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : { [key]: value };
}

function randomPoints({ random }: Sweep): ListedPoint[] {
  if (random === undefined) return [];
  return Array.from({ length: random.points }, (_, index) => {
    // A stream for each value: more points or another key leave those that are there as they are.
    const settings = Object.entries(random.keys).map(([key, range]) =>
      settingsOf(key, drawn(range, randomStream(random.seed, "sweep", key, index)))
    );
    return { settings: Object.assign({}, ...settings) };
  });
}

/** A value of a range, to four digits, so that it reads well in names and tables. */
function drawn(range: RandomRange, stream: RandomStream): unknown {
  if (!("from" in range)) return range[stream.integer(range.length)];
  const { from, to, scale, whole } = range;
  const part = stream.uniform();
  const value = scale === "log" ? from * (to / from) ** part : from + (to - from) * part;
  return whole ? Math.round(value) : Number(value.toPrecision(4));
}

function withSeeds(sweep: Sweep, path: string, point: ListedPoint): SweepPoint[] {
  const { preset = sweep.preset, sections: keys = sweep.sections, settings } = point;
  const load = (settings: Settings): Config =>
    preset === undefined ? loadConfigFile(join(dirname(path), sweep.config!), settings) : loadPreset(preset, settings);
  const { name = point.preset ?? pointName(settings), ...own } = settings;
  const seeds = sweep.seeds.length === 0 ? [undefined] : sweep.seeds;
  return seeds.map((seed) => {
    const suffix = sweep.seeds.length > 1 ? `-seed-${seed}` : "";
    const ofSeed = seed === undefined ? {} : { "training.seed": seed };
    const named = { ...sweep.set, ...own, ...ofSeed, name: `${name}${suffix}` };
    const config = load(named);
    return { config, preset, keys: sectionsOf(config, keys), settings: own };
  });
}

/** The longest name of a point: beyond it the settings are in `config.yaml` only. */
const longestName = 100;

/** A folder's name that says the settings, `hidden-64-noise-variance-0.005`. */
function pointName(settings: PointSettings): string {
  const words = Object.entries(settings).map(([key, value]) =>
    `${dashed(key.split(".").at(-1)!)}-${dashed(text(value))}`
  );
  const name = words.join("-") || "point";
  return name.length <= longestName ? name : `point-${hashSeed(0, JSON.stringify(settings)).toString(16)}`;
}

function text(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function dashed(words: string): string {
  return words.replaceAll(/([a-z])([A-Z])/g, "$1-$2").toLowerCase().replaceAll(/[^a-z0-9.]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
