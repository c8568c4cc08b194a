/** What a reader of the tree may rely on: who imports whom, and that no folder is too full to be read. */
import { dirname, join, relative, sep } from "node:path";
import { assert, assertEquals } from "@std/assert";
import manifest from "../deno.json" with { type: "json" };

const root = join(import.meta.dirname!, "..");

function* modulesBelow(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(join(root, folder))) {
    if (isDirectory) yield* modulesBelow(`${folder}/${name}`);
    else if (name.endsWith(".ts")) yield `${folder}/${name}`;
  }
}

const modules = ["models", "analysis", "figures", "tasks"].flatMap((folder) => [...modulesBelow(folder)]);

/** What each module imports of the project, types too: lines of comments, where examples import, are left out. */
const imports = new Map(modules.map((module) => {
  const code = Deno.readTextFileSync(join(root, module)).replaceAll(/^ *(\*|\/\/).*$/gm, "");
  const paths = Array.from(code.matchAll(/(?:from|import)\s*\(?"(\.{1,2}\/[^"]+)"/g), ([, path]) => {
    return relative(root, join(root, dirname(module), path)).replaceAll(sep, "/");
  });
  return [module, paths];
}));

/** What the modules of a folder import from outside of it. */
function outside(folder: string): Set<string> {
  const own = modules.filter((module) => module.startsWith(`${folder}/`));
  assert(own.length > 0, `There is nothing in ${folder}.`);
  return new Set(own.flatMap((module) => imports.get(module)!).filter((path) => !path.startsWith(`${folder}/`)));
}

/** A way that leads from a module back to itself, if there is one. */
function circle(): string[] | undefined {
  const done = new Set<string>();
  const search = (module: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(module)) return [...way.slice(way.indexOf(module)), module];
    if (done.has(module)) return undefined;
    for (const path of imports.get(module) ?? []) {
      const found = search(path, [...way, module]);
      if (found !== undefined) return found;
    }
    done.add(module);
    return undefined;
  };
  for (const module of modules) {
    const found = search(module, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

Deno.test("no module imports itself over others", () => {
  assertEquals(circle(), undefined);
});

Deno.test("data flows one way: models, analysis, figures, tasks", () => {
  const layers = ["models", "analysis", "figures", "tasks", "tests"];
  layers.slice(0, -1).forEach((layer, place) => {
    const later = layers.slice(place + 1);
    const wrong = [...outside(layer)].filter((path) => later.includes(path.split("/")[0]));
    assertEquals(wrong, [], layer);
  });
});

Deno.test("the graph language knows nothing of denoisers", () => {
  assertEquals([...outside("models/graph")], ["models/random.ts"]);
});

Deno.test("the runtime knows nothing of runs and experiments", () => {
  const rooms = new Set(Array.from(outside("models/runtime"), (path) => path.split("/").slice(0, 2).join("/")));
  assertEquals([...rooms].sort(), ["models/disk", "models/errors.ts", "models/graph"]);
});

Deno.test("figures take what was trained and measured, and neither train nor write graphs", () => {
  const rooms = new Set(Array.from(outside("figures"), (path) => path.split("/").slice(0, 2).join("/")));
  const taken = [...rooms].filter((room) => room.startsWith("models/")).sort();
  assertEquals(taken, ["models/disk", "models/errors.ts", "models/experiment", "models/network", "models/run"]);
});

Deno.test("no folder has more than 14 modules", () => {
  const counts = new Map<string, number>();
  for (const module of modules) counts.set(dirname(module), (counts.get(dirname(module)) ?? 0) + 1);
  assertEquals([...counts].filter(([, count]) => count > 14), []);
});

Deno.test("no module is named as a test outside tests/", () => {
  assertEquals(modules.filter((module) => /_test\.tsx?$|\.test\.tsx?$/.test(module)), []);
});

Deno.test("the map in README.md has every folder of the tree and no other", () => {
  const readme = Deno.readTextFileSync(join(root, "README.md"));
  const map = readme.match(/## Where things are\n+```\n(.*?)```/s)![1];
  const folders = (path: string) =>
    Array.from(Deno.readDirSync(join(root, path)))
      .filter(({ name, isDirectory }) => isDirectory && !/^\.|^(node_modules|runs)$/.test(name))
      .map(({ name }) => name);
  const there = [...folders("."), ...["models", "analysis", "figures", "tasks"].flatMap(folders)];
  assertEquals(new Set(Array.from(map.matchAll(/(\w+)\//g), ([, name]) => name)), new Set(there));
});

/** What `deno doc --json` says of a declaration, as far as it is looked at here. */
interface Declaration {
  readonly kind: string;
  readonly location: { readonly filename: string };
  readonly jsDoc?: {
    readonly doc?: string;
    readonly tags?: readonly { readonly kind: string; readonly doc?: string }[];
  };
}

Deno.test("every public function, class and constant has an example, or links to one that shows it", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", ...Object.values(manifest.exports)],
    cwd: root,
    stderr: "null",
  }).output();
  const { nodes }: {
    nodes: Record<string, { symbols: { name: string; declarations: Declaration[] }[] }>;
  } = JSON.parse(new TextDecoder().decode(stdout));
  const found = Object.values(nodes).flatMap(({ symbols }) =>
    symbols.flatMap(({ name, declarations }) => declarations.map((declaration) => ({ name, ...declaration })))
  ).filter(({ kind }) => ["function", "class", "variable"].includes(kind));
  assert(found.length > 100);
  const examplesOf = (wanted: string) =>
    found.filter(({ name }) => name === wanted).flatMap(({ jsDoc }) => jsDoc?.tags ?? [])
      .flatMap(({ kind, doc }) => kind === "example" ? [doc ?? ""] : []);
  const missing = found.filter(({ name, jsDoc }) => {
    const links = Array.from((jsDoc?.doc ?? "").matchAll(/\{@linkcode (\w+)\}/g), ([, link]) => link);
    const linked = links.flatMap(examplesOf).some((example) => new RegExp(`\\b${name}\\b`).test(example));
    return !linked && !jsDoc?.tags?.some(({ kind }) => kind === "example");
  });
  assertEquals(
    missing.map(({ name, location: { filename } }) => `${name} in ${relative(root, new URL(filename).pathname)}`),
    [],
  );
});
