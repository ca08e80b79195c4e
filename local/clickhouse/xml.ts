export interface Tree {
  [name: string]: string | number | boolean | Tree | readonly (string | Tree)[];
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const text = (value: string | number | boolean) => String(value).replace(/[&<>]/g, (char) => ESCAPES[char] ?? char);

/** A tree as in ClickHouse's configuration files: a list repeats its element. Names are ours and need no escaping. */
export const xml = (tree: Tree): string =>
  Object.entries(tree)
    .flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((each) => [name, each] as const) : [[name, value] as const],
    )
    .map(([name, value]) => `<${name}>${typeof value === "object" ? xml(value as Tree) : text(value)}</${name}>`)
    .join("");
