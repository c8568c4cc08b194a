/** Experiments as version 0.1 wrote them into `config.yaml`: runs that are there stay readable. */

type Section = Record<string, unknown>;

/** Keys that have another name or place now. */
const moved: readonly (readonly [from: string, to: string])[] = [
  ["task.support", "task.activeFeatures"],
  ["optimizer.warmup", "schedule.warmup"],
];

/** Keys that were written although the named choice has no use for them. */
const idle: readonly (readonly [section: string, name: string, keys: readonly string[]])[] = [
  ["optimizer", "sgd", ["beta1", "beta2", "epsilon"]],
  ["loss", "softmax", ["lambdaOn", "form"]],
];

/**
 * The experiment that a `config.yaml` holds, in today's keys and without what it was made with.
 *
 * @param file all its keys; left as they are
 */
export function experimentOf(file: Readonly<Section>): Section {
  const { versions, ...experiment } = structuredClone(file);
  const former = typeof versions === "object" && versions !== null && "pinfield" in versions &&
    String(versions.pinfield).startsWith("0.1.");
  return former ? fromFormerKeys(experiment as Record<string, Section>) : experiment;
}

function fromFormerKeys(experiment: Record<string, Section>): Section {
  const renewed = { ...experiment };
  for (const [from, to] of moved) {
    const [[section, key], [newSection, newKey]] = [from.split("."), to.split(".")];
    if (renewed[section]?.[key] === undefined) continue;
    renewed[newSection] = { ...renewed[newSection], [newKey]: renewed[section][key] };
    delete renewed[section][key];
  }
  for (const [section, name, keys] of idle) {
    if (renewed[section]?.name !== name) continue;
    for (const key of keys) delete renewed[section][key];
  }
  return renewed;
}
