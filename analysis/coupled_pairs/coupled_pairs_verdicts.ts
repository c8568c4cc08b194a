/** Whether the study's picture of a blob that is coupled to a cloud holds. */
import { percent, significant, wholeNumber, withError } from "../report/number_text.ts";
import type { Verdict } from "../report/section.ts";
import { equalWithin, explainedShare, familyWiseLevel } from "../report/thresholds.ts";
import type { Estimate } from "../signs/signs.ts";
import { holmAdjusted } from "../statistics/multiple_testing.ts";
import type { CoupledPairsData, Rectangles } from "./coupled_pairs.ts";
import { gaussianTail } from "./blobs.ts";
import { besideNull, partnerNames, propertyNames, relationNames } from "./coupled_pairs_text.ts";
import type { Coupling } from "./couplings.ts";
import type { ParticleDensity, Partner } from "./two_particles.ts";

/** What the blobs say of the study's claim on one-sided networks. */
export function coupledPairsVerdicts(data: CoupledPairsData): Verdict[] {
  const { rectangles, couplings, densities } = data;
  return [
    blob(data),
    ...(rectangles === null ? [] : [coupled(rectangles, couplings)]),
    ...(densities.length === 0 ? [] : [twoParticles(densities), ...fourParticles(densities)]),
    ...strata(data),
  ];
}

/** A peak of its own, or more pairs than a Gaussian centre would have so far out, by three errors of a count. */
function blob({ blobs: { cloud, lowerLeft, peak, upperRight, centre } }: CoupledPairsData): Verdict {
  const expected = gaussianTail * (lowerLeft + upperRight + centre);
  const more = lowerLeft > expected + equalWithin.errors * Math.sqrt(expected);
  return {
    claim: "Beside the cloud to the upper right there is a small blob to the lower left of the centre.",
    measured: `${wholeNumber(lowerLeft)} pairs ` +
      `${
        peak
          ? "in a peak of the density of its own"
          : "more than three widths to the lower left, in no peak of their own"
      }; ` +
      `the cloud has ${wholeNumber(cloud)}`,
    against: peak
      ? "what noise can make of a density"
      : `a Gaussian centre would have ${wholeNumber(expected)} beyond three widths`,
    partOf: [6],
    verdict: peak || more ? "supported" : "not supported",
  };
}

function coupled({ ofBlob, ofOthers, nulls: { both } }: Rectangles, couplings: readonly Coupling[]): Verdict {
  const told = couplings.map(({ relation, share }) => `${relationNames[relation]} ${percent(share)}`).join(", ");
  return {
    claim: "Pairs of the lower-left blob are coupled to pairs of the cloud.",
    measured: `${percent(ofBlob)} close a rectangle with three pairs of the cloud, of the other zeros of S ` +
      `${percent(ofOthers)}; of which pairs are in the blob partners tell: ${told}`,
    against: `shuffles that keep the blob's number in each row and column: ${besideNull(both, percent)}, ` +
      `p = ${significant(both.p, 2)}`,
    partOf: [6],
    verdict: ofBlob > both.nullMean && both.p < familyWiseLevel ? "supported" : "not supported",
  };
}

/** One of three partners, so that each is asked for by the error that chance exceeds once in 370 times. */
function twoParticles(densities: readonly ParticleDensity[]): Verdict {
  const [control, ...partners] = gainsOf(densities, ["any", "sameNeuron", "sameFeature", "opposite"]);
  return {
    claim:
      "The true blobs are four-dimensional: where a lower-left pair lies depends on where one pair of the cloud lies.",
    measured: `nats a pair that the partner tells: ${partners.map(gainText).join(", ")}`,
    against: `a product of densities for each; ${gainText(control)}`,
    partOf: [6],
    verdict: partners.some(({ gain }) => isGain(gain)) && !isGain(control.gain) ? "supported" : "not supported",
  };
}

function fourParticles(densities: readonly ParticleDensity[]): Verdict[] {
  const [control, whole] = gainsOf(densities, ["otherRectangle", "rectangle"]);
  if (whole === undefined) return [];
  return [{
    claim: "Where a lower-left pair lies depends on all three pairs of the cloud that it closes a rectangle with.",
    measured: `nats a pair: ${gainText(whole)}`,
    against: `a product of densities; ${gainText(control)}`,
    verdict: isGain(whole.gain) && !isGain(control.gain) ? "supported" : "not supported",
  }];
}

function gainsOf(densities: readonly ParticleDensity[], partners: readonly Partner[]): ParticleDensity[] {
  return partners.flatMap((partner) => densities.find((density) => density.partner === partner) ?? []);
}

const gainText = ({ partner, gain }: ParticleDensity) =>
  `${partnerNames[partner]} ${withError(gain.value, gain.error)}`;
const isGain = ({ value, error }: Estimate) => value > equalWithin.errors * error;

/** The property that explains the most, as the clearest of all that were tried. */
function strata({ strata: { cloud, lowerLeft } }: CoupledPairsData): Verdict[] {
  return [["cloud", cloud] as const, ["lower-left blob", lowerLeft] as const].flatMap(([name, strata]) => {
    const tests = strata.filter(({ groups }) => groups.length > 1);
    if (tests.length === 0) return [];
    const adjusted = holmAdjusted(tests.map(({ encoder }) => encoder.p));
    const [best] = tests.map((test, index) => ({ ...test, p: adjusted[index] }))
      .sort((a, b) => b.encoder.observed - a.encoder.observed);
    const { observed } = best.encoder;
    const visible = best.p < familyWiseLevel && observed > explainedShare.little;
    return [{
      claim: `The ${name} has strata, which S explains.`,
      measured: `${propertyNames[best.property]}: η² = ${percent(observed)} of the variance of E and ` +
        `${percent(best.decoder.observed)} of D, the most of ${tests.length} properties`,
      against: `shuffled: ${besideNull(best.encoder, percent)}, p = ${significant(best.p, 2)} (Holm); more than ` +
        `${percent(explainedShare.most)} is most of it, less than ${percent(explainedShare.little)} next to nothing`,
      partOf: [6],
      verdict: visible ? observed > explainedShare.most ? "supported" : "open" : "not supported",
    }];
  });
}
