/** Reads SVG strictly, so that a test fails where a viewer would. */
import { assert, assertEquals, assertFalse, assertMatch } from "@std/assert";
import { darkPartner } from "../../figures/render/figure_theme.ts";

/** One element of a parsed SVG. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: SvgElement[];
  /** Text directly inside, as written. */
  text: string;
}

/**
 * Parses XML without namespaces, comments or declarations, which the figures do not use.
 *
 * @throws {SyntaxError} where the text is not well-formed
 */
export function parseSvg(source: string): SvgElement {
  const top: SvgElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  let end = 0;
  for (const match of source.matchAll(/<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const current = open[open.length - 1];
    current.text += checkedText(source.slice(end, match.index));
    end = match.index + match[0].length;
    const [, closing, name, attributes, selfClosing] = match;
    if (closing) {
      if (current.name !== name) throw new SyntaxError(`</${name}> closes <${current.name}>`);
      open.pop();
      continue;
    }
    const element: SvgElement = { name, attributes: parseAttributes(attributes), children: [], text: "" };
    current.children.push(element);
    if (!selfClosing) open.push(element);
  }
  if (open.length !== 1) throw new SyntaxError(`<${open[open.length - 1].name}> is not closed`);
  if (checkedText(source.slice(end)).trim() !== "" || top.text.trim() !== "") {
    throw new SyntaxError("text outside the root");
  }
  if (top.children.length !== 1) throw new SyntaxError(`${top.children.length} roots`);
  return top.children[0];
}

function parseAttributes(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of source.matchAll(/([\w:-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new SyntaxError(`attribute ${name} twice`);
    attributes[name] = checkedText(value);
  }
  return attributes;
}

function checkedText(text: string): string {
  if (/<|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(text)) {
    throw new SyntaxError(`not escaped: ${text.slice(0, 80)}`);
  }
  return text;
}

/** The element and everything inside that satisfies a condition, in document order. */
export function findAll(root: SvgElement, condition: (element: SvgElement) => boolean): SvgElement[] {
  return [...(condition(root) ? [root] : []), ...root.children.flatMap((child) => findAll(child, condition))];
}

/** All elements of a name inside the groups with an ARIA label, as Plot labels its marks. */
export function marksOf(root: SvgElement, label: string, name: string): SvgElement[] {
  return findAll(root, (element) => element.attributes["aria-label"] === label)
    .flatMap((group) => findAll(group, (element) => element.name === name));
}

/** Asserts what holds for every figure: well-formed, standalone, described, in the colours of the theme; returns the root. */
export function assertStandalone(source: string): SvgElement {
  const root = parseSvg(source);
  assertEquals(root.name, "svg");
  assertEquals(root.attributes.xmlns, "http://www.w3.org/2000/svg");
  assertMatch(root.attributes.viewBox, /^0 0 \d+ \d+(\.\d+)?$/);
  const ids = findAll(root, ({ attributes }) => "id" in attributes).map(({ attributes }) => attributes.id);
  assertEquals(new Set(ids).size, ids.length, "ids are not unique");
  for (const id of root.attributes["aria-labelledby"].split(" ")) assert(ids.includes(id), `no element ${id}`);
  for (const { name, attributes } of findAll(root, () => true)) {
    assertFalse(["script", "foreignObject", "image", "use", "a", "link"].includes(name), `<${name}>`);
    for (const [key, value] of Object.entries(attributes)) {
      assertFalse(/^on|href$/.test(key), key);
      assertFalse(/NaN|undefined|Infinity/.test(value), `${name} ${key}="${value.slice(0, 60)}"`);
      if (/url\(/.test(value)) assert(ids.includes(/^url\(#(.+)\)$/.exec(value)?.[1] ?? ""), value);
      if (key === "fill" || key === "stroke") {
        assert(
          value === "none" || value === "currentColor" || darkPartner.has(value),
          `${key}="${value}" is not of the theme`,
        );
      }
    }
  }
  assertFalse(source.includes("⚠"), "Plot warned");
  return root;
}
