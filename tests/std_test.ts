/** The packages in std/ stand in for the originals of the same name: here is what they share with them. */
import * as assertions from "@std/assert";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { parseArgs } from "@std/cli";
import { parse, stringify } from "@std/yaml";

function fails(callback: () => void): void {
  assertThrows(callback, AssertionError);
}

Deno.test("assert() and assertFalse() look at truth", () => {
  assert(1);
  assertFalse("");
  fails(() => assert(0, "no"));
  fails(() => assertFalse([]));
});

Deno.test("assertEquals() compares deeply", () => {
  const same: [unknown, unknown][] = [
    [NaN, NaN],
    [0, -0],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
    [new Float32Array([1, NaN]), new Float32Array([1, NaN])],
    [new Map([["a", [1]]]), new Map([["a", [1]]])],
    [new Set([1, 2]), new Set([2, 1])],
    [new Date(3), new Date(3)],
    [/a/g, /a/g],
    [Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ];
  const different: [unknown, unknown][] = [
    [1, "1"],
    [1n, 1],
    [null, undefined],
    [{ a: undefined }, {}],
    [[1, 2], [1, 2, 3]],
    [[1, 2], { 0: 1, 1: 2 }],
    [new Float32Array([1]), new Float64Array([1])],
    [new Float32Array([1, 2]), new Float32Array([1, 3])],
    [new Map([["a", 1]]), new Map([["a", 2]])],
    [new Date(3), new Date(4)],
    [/a/g, /a/],
    [new (class A {})(), new (class B {})()],
  ];
  for (const [actual, expected] of same) {
    assertEquals(actual, expected);
    fails(() => assertNotEquals(actual, expected));
  }
  for (const [actual, expected] of different) {
    assertNotEquals(actual, expected);
    fails(() => assertEquals(actual, expected));
  }
});

Deno.test("assertEquals() compares objects that hold themselves", () => {
  interface Ring {
    next?: Ring;
  }
  const first: Ring = {};
  first.next = first;
  const second: Ring = {};
  second.next = second;
  assertEquals(first, second);
});

Deno.test("assertStrictEquals() wants the same object", () => {
  const value = {};
  assertStrictEquals(value, value);
  fails(() => assertStrictEquals(value, {}));
  fails(() => assertStrictEquals(0, -0));
});

Deno.test("assertAlmostEquals() allows 1e-7 of the expected value, or an absolute tolerance", () => {
  assertAlmostEquals(1.000000001e-8, 1.000000002e-8);
  assertAlmostEquals(0.01, 0.02, 0.1);
  assertAlmostEquals(0.1 + 0.2, 0.3, 1e-16);
  assertAlmostEquals(Infinity, Infinity);
  fails(() => assertAlmostEquals(0.01, 0.02));
  fails(() => assertAlmostEquals(1e-8, 1e-9));
  fails(() => assertAlmostEquals(0.1 + 0.2, 0.3, 1e-17));
  fails(() => assertAlmostEquals(1e-12, 0));
  fails(() => assertAlmostEquals(NaN, 0, 1));
});

Deno.test("assertGreater() and its kin compare, and fail on NaN", () => {
  assertGreater(2, 1);
  assertGreaterOrEqual(1, 1);
  assertLess(1, 2);
  assertLessOrEqual(1, 1);
  fails(() => assertGreater(1, 1));
  fails(() => assertGreaterOrEqual(0, 1));
  fails(() => assertLess(1, 1));
  fails(() => assertLessOrEqual(2, 1));
  for (const compare of [assertGreater, assertGreaterOrEqual, assertLess, assertLessOrEqual]) {
    fails(() => compare(NaN, 1));
  }
});

Deno.test("assertExists(), assertMatch() and assertStringIncludes() look at one value", () => {
  assertExists(0);
  assertMatch("pinfield", /^pin/);
  assertStringIncludes("pinfield", "field");
  fails(() => assertExists(null));
  fails(() => assertExists(undefined));
  fails(() => assertMatch("pinfield", /^field/));
  fails(() => assertStringIncludes("pinfield", "Field"));
});

Deno.test("assertThrows() checks class and message, and returns the error", () => {
  const error = assertThrows(
    () => {
      throw new RangeError("too far");
    },
    Error,
    "far",
  );
  assertStrictEquals(error.message, "too far");
  const raise = () => {
    throw new RangeError("too far");
  };
  fails(() => assertThrows(() => 1));
  fails(() => assertThrows(raise, TypeError));
  fails(() => assertThrows(raise, RangeError, "near"));
});

Deno.test("assertRejects() checks class and message, and wants a promise", async () => {
  const reject = () => Promise.reject(new RangeError("too far"));
  const error = await assertRejects(reject, RangeError, "far");
  assertStrictEquals(error.message, "too far");
  await assertRejects(() => assertRejects(reject, TypeError), assertions.AssertionError);
  await assertRejects(() => assertRejects(reject, RangeError, "near"), AssertionError);
  await assertRejects(() => assertRejects(() => Promise.resolve(1)), AssertionError);
  const throws = () => {
    throw new RangeError("not a promise");
  };
  await assertRejects(() => assertRejects(throws), AssertionError, "throws");
});

Deno.test("parseArgs() reads flags, values and positional arguments", () => {
  assertEquals(parseArgs(["--foo", "--bar=baz", "./quux.txt"]), { foo: true, bar: "baz", _: ["./quux.txt"] });
  assertEquals(parseArgs(["-x", "3", "--deep", "1e2", "7"]), { x: 3, deep: 100, _: [7] });
});

Deno.test("parseArgs() takes no value for a boolean and sets it to false when absent", () => {
  const args = parseArgs(["--resume", "quick"], { boolean: ["resume", "force"] });
  args.resume satisfies boolean;
  assertEquals(args, { resume: true, force: false, _: ["quick"] });
  assertEquals(parseArgs(["--resume=false"], { boolean: ["resume"] }).resume, false);
});

Deno.test("parseArgs() keeps strings as text and leaves absent ones out", () => {
  const args = parseArgs(["--name", "007", "--path="], { string: ["name", "path", "other"] });
  args.name satisfies string | undefined;
  assertEquals(args.name, "007");
  assertFalse("other" in args);
  assertEquals(parseArgs(["--name"], { string: "name" }).name, "");
});

Deno.test("parseArgs() collects what may repeat, and lets the last one win otherwise", () => {
  const options = { string: ["set", "name"], collect: ["set"] } as const;
  const args = parseArgs(["--set", "a=1", "--name", "x", "--set=b=2", "--name", "y"], options);
  args.set satisfies string[];
  assertEquals(args.set, ["a=1", "b=2"]);
  assertEquals(args.name, "y");
  assertEquals(parseArgs(["--set", "a"], options).set, ["a"]);
  assertEquals(parseArgs([], options).set, []);
});

Deno.test("parseArgs() fills in defaults", () => {
  const args = parseArgs(["--name", "x"], {
    string: ["name", "device"],
    boolean: ["color"],
    default: { device: "cpu", color: true, name: "y" },
  });
  args.device satisfies string;
  assertEquals(args, { name: "x", device: "cpu", color: true, _: [] });
});

Deno.test("parseArgs() negates only what is negatable", () => {
  const options = {
    boolean: ["color"],
    string: ["pair"],
    negatable: ["color", "pair"],
    default: { color: true },
  } as const;
  assertEquals(parseArgs(["--no-color", "--no-pair"], options), { color: false, pair: false, _: [] });
  assertEquals(parseArgs(["--no-color"], { boolean: ["color"], default: { color: true } }), {
    color: true,
    "no-color": true,
    _: [],
  });
});

Deno.test("parseArgs() gives every alias the value", () => {
  const options = { boolean: ["help"], string: ["name"], alias: { help: "h", name: ["n"] } } as const;
  assertEquals(parseArgs(["-h", "-n", "7"], options), { help: true, h: true, name: "7", n: "7", _: [] });
});

Deno.test("parseArgs() leaves alone what follows two dashes", () => {
  assertEquals(parseArgs(["a", "--", "--b"]), { _: ["a", "--b"] });
  const args = parseArgs(["a", "--", "--no-b"], { "--": true });
  args["--"] satisfies string[];
  assertEquals(args, { _: ["a"], "--": ["--no-b"] });
});

Deno.test("parseArgs() tells unknown() about what is not declared, and drops it on false", () => {
  const seen: [string, string | undefined][] = [];
  const args = parseArgs(["--name", "x", "quick", "--other=1", "--no-name", "-z"], {
    string: ["name"],
    unknown: (argument, key) => {
      seen.push([argument, key]);
      return key === undefined;
    },
  });
  assertEquals(args, { name: "x", _: ["quick"] });
  assertEquals(new Set(seen.map(String)), new Set(["--other=1,other", "--no-name,no-name", "-z,z", "quick,"]));
});

Deno.test("parse() reads YAML as the original does", () => {
  assertEquals(parse("test: toto\nfoo:\n  bar: True\n  baz: 1\n  qux: ~\n"), {
    test: "toto",
    foo: { bar: true, baz: 1, qux: null },
  });
  assertEquals(parse("[yes, no, on, off, Yes]"), ["yes", "no", "on", "off", "Yes"]);
  assertEquals(parse("[0, -42, 1_000, 0x1A, 3.14, 1e-8, 12e03, .inf, .nan]"), [
    0,
    -42,
    1000,
    26,
    3.14,
    1e-8,
    12000,
    Infinity,
    NaN,
  ]);
  assertEquals(parse("- &a { x: 1 }\n- <<: *a\n  y: 2\n"), [{ x: 1 }, { x: 1, y: 2 }]);
  assertEquals(parse("# nothing\n"), null);
  assertEquals(parse("a: 1\na: 2", { allowDuplicateKeys: true }), { a: 2 });
});

Deno.test("parse() throws a SyntaxError on what is no YAML", () => {
  for (const text of ["a: [1", "a: 1\na: 2", "a: 1\n---\nb: 2", "a: *b", "a: b: c"]) {
    assertThrows(() => parse(text), SyntaxError);
  }
});

Deno.test("stringify() writes YAML as the original does", () => {
  assertEquals(
    stringify({ foo: { bar: true, test: ["a", { a: false }] }, test: "foobar", none: null }),
    "foo:\n  bar: true\n  test:\n    - a\n    - a: false\ntest: foobar\nnone: null\n",
  );
  assertEquals(stringify(["yes", " a ", "7", "", 1.01, 42]), "- 'yes'\n- ' a '\n- '7'\n- ''\n- 1.01\n- 42\n");
  assertEquals(stringify([Infinity, -Infinity, NaN]), "- .inf\n- -.inf\n- .nan\n");
  assertEquals(stringify({ b: 1, a: 2 }, { sortKeys: true }), "a: 2\nb: 1\n");
  assertEquals(stringify({ a: { b: 1 } }, { indent: 4 }), "a:\n    b: 1\n");
  const shared = { x: 1 };
  assertEquals(stringify([shared, shared], { useAnchors: false }), "- x: 1\n- x: 1\n");
});

Deno.test("stringify() throws on what YAML cannot hold, or skips it", () => {
  assertThrows(() => stringify({ a: undefined }), TypeError, "Cannot stringify undefined");
  assertThrows(() => stringify(() => 1), TypeError, "Cannot stringify function");
  assertEquals(stringify({ a: undefined, b: 1 }, { skipInvalid: true }), "b: 1\n");
});

Deno.test("stringify() then parse() gives the value back", () => {
  const value = {
    text: ["true", "null", "1e3", "1:30", "0x1F", "- a", "a: b", "#", "line\nbreak\n", "é ∂ 🐱", "word ".repeat(40)],
    numbers: [0, -1.5, 1e-8, 1e300, 2 ** 53, 0.1 + 0.2],
    nested: { empty: {}, list: [], null: null, yes: true },
  };
  assertEquals(parse(stringify(value)), value);
});
