import { assertEquals, assertStringIncludes } from "@std/assert";
import { iidSigns, rowSigns } from "../../../analysis/random_graph/null_models.ts";
import { randomGraphTests } from "../../../analysis/random_graph/random_graph.ts";
import { randomGraphSection } from "../../../analysis/random_graph/random_graph_section.ts";
import { parseConfig } from "../../../models/experiment/config.ts";
import { randomStream } from "../../../models/random.ts";

const size = { features: 60, hidden: 30, edges: 180 };
const config = parseConfig({ name: "planted", model: { features: 60, hidden: 30 }, training: { steps: 1 } }, "test");

Deno.test("randomGraphSection judges planted signs by what they are", () => {
  const verdictsOf = (draw: typeof iidSigns) =>
    randomGraphSection.verdicts!(randomGraphTests(draw(size, randomStream(2, "planted")), { draws: 60 }), config)
      .map(({ verdict }) => verdict);
  assertEquals(verdictsOf(iidSigns), ["supported", "not supported"]);
  assertEquals(verdictsOf(rowSigns), ["not supported", "supported"]);
});

Deno.test("randomGraphSection writes a row for every statistic, from what analysis.json holds", () => {
  const data = randomGraphTests(iidSigns(size, randomStream(2)), { draws: 10 });
  const text = randomGraphSection.summarise(JSON.parse(JSON.stringify(data)), config);
  assertEquals(text.split("\n").filter((line) => line.startsWith("| ")).length, 2 + 11);
  assertStringIncludes(text, "| frustrated fraction of 4-cycles |");
  assertStringIncludes(text, "**always 0**");
  assertStringIncludes(text, "the same");
});

Deno.test("randomGraphSection says so where nothing has frozen", () => {
  assertStringIncludes(randomGraphSection.summarise(null, config), "no nonzeros");
  assertEquals(randomGraphSection.verdicts!(null, config), []);
});
