/** Coupled pairs in words. */
import { markdownTable } from "../report/markdown.ts";
import { fixed, percent, significant, wholeNumber, withError } from "../report/number_text.ts";
import type { ComparisonWithNull } from "../statistics/null_comparison.ts";
import type { CoupledPairsData, Rectangles } from "./coupled_pairs.ts";
import type { Coupling, Relation } from "./couplings.ts";
import type { Stratification, StratumProperty } from "./strata.ts";
import { folds, type ParticleDensity, type Partner } from "./two_particles.ts";

/** What the partners of a pair are called. */
export const relationNames: Readonly<Record<Relation, string>> = {
  cloudOfNeuron: "cloud, same neuron",
  cloudOfFeature: "cloud, same feature",
  cloudAroundRectangle: "cloud, rectangles closed",
  blobOfNeuron: "lower left, same neuron",
  blobOfFeature: "lower left, same feature",
};

/** What the partner in a density is called. */
export const partnerNames: Readonly<Record<Partner, string>> = {
  any: "any pair of the cloud (control)",
  sameNeuron: "same neuron",
  sameFeature: "same feature",
  opposite: "opposite corner",
  rectangle: "all three corners",
  otherRectangle: "corners of another rectangle (control)",
};

/** What strata are of. */
export const propertyNames: Readonly<Record<StratumProperty, string>> = {
  featureDegree: "neurons of the feature",
  neuronDegree: "features of the neuron",
  rectangles: "rectangles closed",
};

/** Blobs, couplings, densities and strata in tables. */
export function coupledPairsText(
  { blobs, couplings, rectangles, overlap, densities, strata }: CoupledPairsData,
): string {
  const { cloud, lowerLeft, peak, upperRight, centre } = blobs;
  return [
    `The cloud (S = 1) has ${wholeNumber(cloud)} pairs, the lower-left blob ${wholeNumber(lowerLeft)}: ` +
    `${
      peak
        ? "a peak of the density of its own"
        : "all that lie more than three widths of the centre out, with no peak of their own"
    }. ` +
    `As far to the upper right, without the cloud, lie ${wholeNumber(upperRight)}; the centre has ` +
    `${wholeNumber(centre)}. At the zeros of S the weights correlate with S Sᵀ S by ` +
    `${withError(overlap.encoder.value, overlap.encoder.error)} (E) and ` +
    `${withError(overlap.decoder.value, overlap.decoder.error)} (D).`,
    ...(rectangles === null ? ["The lower-left blob has too few pairs for more."] : [
      rectanglesText(rectangles),
      "What the number of partners of a zero of S tells of whether it is in the lower-left blob, beside shuffles of the blob " +
      "that keep its number in each row (neuron), in each column (feature), or in both; what a shuffle keeps it cannot test:",
      couplingTable(couplings),
    ]),
    ...(densities.length === 0 ? [] : [
      "Densities of a lower-left pair (E, D) and its partner in the cloud, mixtures of Gaussians that were fitted to other " +
      "features: ln of the common density less ln of the product of one for each, in nats a pair. Where the Bayesian " +
      "information criterion prefers the product the gain is 0.",
      densityTable(densities),
    ]),
    "Strata: η², the share of the variance of the weights that lies between groups of pairs, beside shuffled groups.",
    strataTable([["lower left", strata.lowerLeft], ["cloud", strata.cloud]]),
  ].join("\n\n");
}

function rectanglesText({ zeros, ofBlob, ofOthers, nulls: { both } }: Rectangles): string {
  return `Of the lower-left pairs (j, i) ${
    percent(ofBlob)
  } close a rectangle with three pairs (j, q), (l, q), (l, i) of the ` +
    `cloud: their neuron serves a feature that shares another neuron with theirs. ${
      wholeNumber(zeros)
    } zeros of S do, ` +
    `${percent(ofOthers)} of those outside the blob, and ${
      besideNull(both, percent)
    } of lower-left pairs that were shuffled with their number in ` +
    "each row and column kept.";
}

function couplingTable(couplings: readonly Coupling[]): string {
  const cell = ({ nullMean, nullSd, z }: ComparisonWithNull) =>
    nullSd === 0 ? "kept" : `${significant(nullMean, 2)} ± ${significant(nullSd, 2)}, z = ${zText(z)}`;
  return markdownTable(
    ["partners", "of the blob", "of others", "bits", "share", "rows kept", "columns kept", "both kept"],
    couplings.map(({ relation, ofBlob, ofOthers, bits, share, nulls }) => [
      relationNames[relation],
      significant(ofBlob),
      significant(ofOthers),
      significant(bits),
      percent(share),
      cell(nulls.rows),
      cell(nulls.columns),
      cell(nulls.both),
    ]),
  );
}

function densityTable(densities: readonly ParticleDensity[]): string {
  return markdownTable(
    ["partner", "pairs", "product", "common", "gain", "folds that prefer it"],
    densities.map(({ partner, pairs, product, common, gain, preferred }) => [
      partnerNames[partner],
      wholeNumber(pairs),
      fixed(product, 3),
      fixed(common, 3),
      withError(gain.value, gain.error),
      `${preferred} of ${folds}`,
    ]),
  );
}

function strataTable(blobs: readonly (readonly [string, readonly Stratification[]])[]): string {
  const cell = ({ observed, nullMean, z }: ComparisonWithNull) =>
    `${percent(observed)} (${percent(nullMean)}, z = ${zText(z)})`;
  return markdownTable(
    ["blob", "groups by", "E", "D", "mean E by group"],
    blobs.flatMap(([name, strata]) =>
      strata.filter(({ groups }) => groups.length > 1).map(({ property, encoder, decoder, groups }) => [
        name,
        propertyNames[property],
        cell(encoder),
        cell(decoder),
        groups.map(({ value, encoder }) => `${value}: ${significant(encoder)}`).join(", "),
      ])
    ),
  );
}

/** The mean and spread of a null model. */
export function besideNull({ nullMean, nullSd }: ComparisonWithNull, write: (value: number) => string): string {
  return `${write(nullMean)} ± ${write(nullSd)}`;
}

const zText = (z: number | null) => z === null ? "–" : significant(z);
