/** That what the pages name is there: paths, links, functions, tasks and their options, presets, tests, and snippets. */
import { dirname, join } from "node:path";
import { assert, assertEquals, assertGreater, assertStringIncludes } from "@std/assert";
import { parse } from "@std/yaml";
import manifest from "../deno.json" with { type: "json" };
import { charts } from "../figures/charts/charts.ts";
import { presetNames } from "../models/experiment/presets.ts";
import { additions } from "./additions.ts";

const root = join(import.meta.dirname!, "..");

function* filesBelow(folder: string, ending: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(join(root, folder))) {
    if (isDirectory) yield* filesBelow(join(folder, name), ending);
    else if (name.endsWith(ending)) yield join(folder, name);
  }
}

const read = (file: string) => Deno.readTextFileSync(join(root, file));

const pages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", ...filesBelow("docs", ".md")]
  .map((file) => ({ file, text: read(file) }));

const sources = ["models", "analysis", "figures", "tasks", "tests"].flatMap((folder) => [...filesBelow(folder, ".ts")]);
const code = sources.filter((file) => !file.startsWith("tests")).map(read).join("\n");

const isThere = (path: string) => {
  try {
    Deno.statSync(join(root, path));
    return true;
  } catch {
    return false;
  }
};

/** What the pages say that is not so, each with its page. */
function wrong(find: (text: string, file: string) => Iterable<string>): string[] {
  return pages.flatMap(({ file, text }) => Array.from(find(text, file), (what) => `${file}: ${what}`));
}

Deno.test("every path that a page names is there", () => {
  const added = additions.map(({ file }) => file);
  const missing = wrong((text) =>
    Array.from(
      text.matchAll(/(?<![\w/.-])(?:models|analysis|figures|tasks|tests|docs|std)\/[\w/.-]*\w/g),
      ([path]) => path,
    )
      .filter((path) => !isThere(path) && !added.includes(path))
      // A figure of a run, as in figures/headline.svg.
      .filter((path) => !/^figures\/[\w-]+\.svg$/.test(path))
  );
  assertEquals(missing, []);
});

Deno.test("every link of a page leads to a file, and to a heading in it", () => {
  const anchor = (heading: string) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
  const broken = wrong((text, file) =>
    Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link]) => link).filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [path, heading] = link.split("#");
      const target = path === "" ? file : join(dirname(file), path);
      if (!isThere(target)) return true;
      if (heading === undefined) return false;
      return !Array.from(read(target).matchAll(/^#+ (.+)$/gm), ([, words]) => anchor(words)).includes(heading);
    })
  );
  assertEquals(broken, []);
});

Deno.test("every function that a page names is in the code", () => {
  const declared = /\b(?:function\*?|const) (\w+)|^ +(?:async )?(\w+)\(/gm;
  const names = new Set(
    Array.from(
      [code, ...additions.map(({ text }) => text)].join("\n").matchAll(declared),
      ([, top, method]) => top ?? method,
    ),
  );
  assertEquals(
    wrong((text) =>
      Array.from(text.matchAll(/`(?:\w+\.)?(\w+)\(\)`/g), ([, name]) => name).filter((name) => !names.has(name))
    ),
    [],
  );
});

Deno.test("every task that a page names is one, and has the options that are named with it", () => {
  const tasks: Readonly<Record<string, string>> = manifest.tasks;
  const options = (task: string) => {
    const script = / (tasks\/\w+\.ts)/.exec(tasks[task])?.[1];
    return script === undefined ? "" : `${read(script)} ${read("tasks/command/command.ts")}`;
  };
  assertEquals(
    wrong((text) =>
      Array.from(text.matchAll(/deno(?:@[\d.]+)? task ([a-z][\w-]*)([^`\n|#]*)/g)).flatMap(([all, task, words]) => {
        if (!(task in tasks)) return [all];
        const asked = Array.from(words.matchAll(/ --([a-z][\w-]*)/g), ([, option]) => option);
        return asked.filter((option) => !new RegExp(`["' ]?${option}["']?:`).test(options(task)));
      })
    ),
    [],
  );
});

Deno.test("every preset that a page asks for is one", () => {
  const names: readonly string[] = presetNames();
  const asked = wrong((text) =>
    Array.from(text.matchAll(/--preset ([\w-]+)|\bpreset\("([\w-]+)"/g), ([, option, argument]) => option ?? argument)
      .filter((name) => !names.includes(name) && name !== "NAME")
  );
  assertEquals(asked, []);
});

Deno.test("every equation's function and test in docs/theory.md exist", () => {
  const theory = read("docs/theory.md");
  const pairs = Array.from(
    theory.matchAll(/- Code: `(\w+)` in `([\w/.]+)`\n- Test: `([\w/.]+)`,\s+"([^"]+)"/g),
    ([, name, source, test, title]) => ({ name, source, test, title }),
  );
  assertEquals(pairs.length, theory.match(/^- Code:/gm)!.length);
  assertEquals(pairs.length, theory.match(/^- Test:/gm)!.length);
  for (const { name, source, test, title } of pairs) {
    assert(
      new RegExp(`export (async )?(function\\*?|const) ${name}\\b`).test(read(source)),
      `${source} has no ${name}`,
    );
    assertStringIncludes(read(test), title.replaceAll(/\s+/g, " "));
  }
  const equations = Array.from(theory.matchAll(/ \((\d+)\)$/gm), ([, number]) => Number(number));
  assertEquals(equations, Array.from(equations, (_, index) => index + 1));
});

Deno.test("docs/adding.md has the entries that are tested, and the line of each in its table", () => {
  const page = read("docs/adding.md");
  for (const { kind, file, text, table: [path, opening], line } of additions) {
    const section = page.split(/^## /m).find((part) => part.toLowerCase().startsWith(`${kind}\n`))!;
    assert(section !== undefined, kind);
    assertStringIncludes(section, `\`${file}\`:\n\n\`\`\`ts ignore\n${text}\`\`\``);
    assertStringIncludes(section, `In \`${path}\`, under \`${opening}\`:\n\n\`\`\`text\n${line.trim()}\n\`\`\``);
  }
});

Deno.test("docs/run-directory.md has the script in PyTorch that is tested", () => {
  const script = read("tests/python/train_denoiser.py");
  assertStringIncludes(read("docs/run-directory.md"), `\`\`\`python\n${script}\`\`\`\n`);
});

Deno.test("every chart that a page names is in the table", () => {
  assertEquals(
    wrong((text) =>
      Array.from(text.matchAll(/\bcharts\.(\w+)/g), ([, name]) => name)
        .filter((name) => !(name in charts) && name !== "ts" && !additions.some(({ line }) => line.includes(name)))
    ),
    [],
  );
});

Deno.test("README.md has at most 150 lines", () => {
  assertGreater(151, read("README.md").trimEnd().split("\n").length);
});

Deno.test("CITATION.cff says what citation files must, and the version of deno.json", () => {
  const citation = parse(read("CITATION.cff")) as Record<string, unknown>;
  for (const key of ["cff-version", "title", "message", "authors", "references"]) assert(key in citation, key);
  assertEquals(citation.version, manifest.version);
});
