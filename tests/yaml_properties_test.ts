import { assertEquals } from "@std/assert";
import { parse, stringify } from "@std/yaml";
import fc from "fast-check";
import { forAll } from "./properties.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."-:#'\"|>&*!%@`{}[],?~ \n\t01ey_.+") }),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text.filter((key) => key !== "__proto__"), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

Deno.test("stringify() writes whatever parse() gives back", () =>
  forAll(1000, value, (written) => assertEquals(parse(stringify(written)), written)));

Deno.test("parse() reads any text or throws a SyntaxError", () =>
  forAll(2000, fc.oneof(text, value.map((written) => stringify(written)), fc.json()), (content) => {
    try {
      parse(content);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }));
