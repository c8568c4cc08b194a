import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess, assertStringIncludes } from "@std/assert";
import { type Embedding, measureEmbedding } from "../../../analysis/baselines/embedding.ts";
import { embeddingSection, embeddingVerdicts } from "../../../analysis/baselines/embedding_section.ts";
import { iidSigns, preset, randomStream } from "../../../mod.ts";

const toy = preset("toy-polygons");

function polygon(corners: number, turned: (corner: number) => number = () => 0): Embedding {
  const vectors = new Float32Array(2 * corners);
  for (let corner = 0; corner < corners; corner++) {
    const angle = 2 * Math.PI * corner / corners + turned(corner);
    vectors.set([Math.cos(angle), Math.sin(angle)], 2 * corner);
  }
  return { features: corners, dimensions: 2, vectors };
}

Deno.test("measureEmbedding() knows a pentagon: 72 degrees, two fifths of a dimension each", () => {
  const data = measureEmbedding(polygon(5));
  assertEquals(embeddingSection.schema.parse(JSON.parse(JSON.stringify(data))), data);
  data.plane!.gaps.forEach((gap) => assertAlmostEquals(gap, 72, 1e-4));
  data.shares.forEach((share) => assertAlmostEquals(share, 2 / 5, 1e-6));
  assertAlmostEquals(data.squaredNorm, 5, 1e-6);
  assertEquals(embeddingVerdicts(data, toy).map(({ verdict }) => verdict), ["supported"]);
  assertStringIncludes(embeddingSection.summarise(data, toy), "| features represented | 5 of 5 |");
});

Deno.test("measureEmbedding() leaves features out that are not represented, and sees an irregular polygon", () => {
  const { vectors } = polygon(5, (corner) => corner === 2 ? 0.5 : 0);
  const withShort = { features: 6, dimensions: 2, vectors: Float32Array.of(...vectors, 0.3, 0.3) };
  const data = measureEmbedding(withShort);
  assertEquals([data.represented, data.plane!.gaps.length, data.plane!.vectors.length], [5, 5, 6]);
  assertEquals(embeddingVerdicts(data, toy).map(({ verdict }) => verdict), ["not supported"]);
  const pairs = measureEmbedding(polygon(4));
  pairs.shares.forEach((share) => assertAlmostEquals(share, 1 / 2, 1e-6));
});

Deno.test("measureEmbedding() tells entries that are ±c in axes of their own from those of no axes", () => {
  const [features, dimensions] = [128, 32];
  const { normal } = randomStream(0, "entries");
  const { entries } = iidSigns({ features, hidden: dimensions, edges: 700 }, randomStream(0, "signs"));
  const own = measureEmbedding({
    features,
    dimensions,
    vectors: Float32Array.from(entries, (sign) => 1.5 * sign + 0.05 * normal()),
  });
  const none = measureEmbedding({
    features,
    dimensions,
    vectors: Float32Array.from({ length: features * dimensions }, normal),
  });
  assertEquals([own.plane, own.axes!.corners], [null, 2]);
  assertGreater(own.axes!.kurtosis.z!, 5);
  assertLess(Math.abs(none.axes!.kurtosis.z!), 3);
  assertEquals(none.axes!.corners, 0);
  const verdict = (data: typeof own, name: "toy-polygons" | "quick") =>
    embeddingVerdicts(data, preset(name))[0].verdict;
  assertEquals([verdict(own, "quick"), verdict(none, "quick")], ["supported", "not supported"]);
  assertEquals([verdict(own, "toy-polygons"), verdict(none, "toy-polygons")], ["not supported", "supported"]);
  assert(embeddingSection.analyseAny !== undefined);
});
