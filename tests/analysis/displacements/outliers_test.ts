import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { iidSigns } from "../../../analysis/random_graph/null_models.ts";
import {
  cornerOutliers,
  isOutlier,
  outlierNature,
  outliersOf,
  settledAgreement,
} from "../../../analysis/displacements/outliers.ts";
import { cornerClasses, signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import { scaled, type WeightVector, zeroVector } from "../../../analysis/derivatives/weight_vector.ts";
import { randomStream } from "../../../models/random.ts";

const signs = iidSigns({ features: 200, hidden: 40, edges: 800 }, randomStream(51));
const corners = Array.from(signs.entries.keys()).filter((pair) => signs.entries[pair] !== 0);

Deno.test("isOutlier() measures every class with its own spread", () => {
  const { normal } = randomStream(52);
  const classes = Int32Array.from({ length: 400 }, (_, index) => index % 2);
  // One class is ten times as wide as the other: what is usual in it is far out in the other.
  const values = Float32Array.from(classes, (wide) => (wide ? 1 : 0.1) * normal());
  const calm = isOutlier(values, classes);
  values[0] = 1.5;
  values[1] = 1.5;
  const found = isOutlier(values, classes);
  assertEquals(calm.filter(Boolean).length, 0);
  assertEquals(Array.from(found.keys()).filter((index) => found[index]), [0]);
});

/** Small Gaussian displacements with two planted outliers, the first of them in both matrices. */
function planted(): WeightVector {
  const { normal } = randomStream(53);
  const vector = zeroVector(signs.entries.length);
  for (const pair of corners) {
    vector.encoder[pair] = 0.01 * normal();
    vector.decoder[pair] = 0.01 * normal();
  }
  for (const pair of corners.slice(0, 2)) vector.encoder[pair] = -signs.entries[pair];
  vector.decoder[corners[0]] = -signs.entries[corners[0]];
  return vector;
}

Deno.test("outliersOf() says who they are and what becomes of them", () => {
  const learned = planted();
  const outliers = cornerOutliers(learned, signs);
  const ideal = { encoder: Float32Array.from(signs.entries, (sign) => 2 * sign), decoder: zeroVector(8000).decoder };
  const continued = scaled(1.5, learned);
  const { encoder, decoder } = outliersOf(
    { learned, predicted: scaled(0.25, learned), continued, ideal },
    outliers,
    signs,
  );
  assertEquals([encoder.count, decoder.count], [2, 1]);
  assertEquals([encoder.both, decoder.both], [0.5, 1]);
  assertAlmostEquals(encoder.predicted, 0.25, 1e-6);
  assertAlmostEquals(encoder.continued, 1.5, 1e-6);
  // At 2 − 1.5 they are nearer to 0 than to 2.
  assertEquals(encoder.gone, 2);
  assertLess(encoder.kurtosisWithout, 1);
  assertLess(100, encoder.kurtosis);
});

Deno.test("settledAgreement() leaves out the outliers of the learned weights alone", () => {
  const learned = planted();
  const outliers = cornerOutliers(learned, signs);
  const { normal } = randomStream(54);
  // The prediction knows the small displacements and nothing of the outliers.
  const predicted = {
    encoder: learned.encoder.map((value) => Math.abs(value) < 0.5 ? value : 0.01 * normal()),
    decoder: learned.decoder,
  };
  const settled = settledAgreement(predicted, learned, outliers, signs);
  assertEquals([settled.encoder.pairs, settled.decoder.pairs], [798, 799]);
  assertAlmostEquals(settled.encoder.r2, 1, 1e-6);
});

Deno.test("cornerClasses() lists the degree of every corner pair's feature", () => {
  const matrix = signMatrix(3, 2, Int8Array.of(1, -1, 0, 0, 0, 1));
  assertEquals([...cornerClasses(matrix)], [2, 2, 1]);
});

Deno.test("outlierNature() says what most of the outliers are", () => {
  const outliers = { count: 10, both: 0, predicted: 0.2, continued: 0.9, gone: 1, kurtosis: 9, kurtosisWithout: 0 };
  assertEquals(outlierNature({ ...outliers, count: 0 }), "none");
  assertEquals(outlierNature({ ...outliers, predicted: 0.7, gone: 9 }), "predicted");
  assertEquals(outlierNature({ ...outliers, gone: 6 }), "dying edges");
  assertEquals(outlierNature({ ...outliers, continued: 0.3 }), "unfinished");
  assertEquals(outlierNature(outliers), "unexplained");
});
