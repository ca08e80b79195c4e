const ESCAPES: Record<string, string> = {
  "\\": "\\\\",
  "'": "\\'",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\0": "\\0",
};

const escaped = (text: string): string => text.replaceAll(/[\\'\n\r\t\0]/g, (char) => ESCAPES[char] ?? char);

/** A value inside a list or a tuple. */
function inner(value: unknown): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? `'${escaped(value)}'` : paramText(value);
}

/** A query parameter as ClickHouse takes it in a URL or an option: escaped, and in quotes only within lists. */
export function paramText(value: unknown): string {
  if (value === null) return "\\N";
  return Array.isArray(value) ? `[${value.map(inner).join(",")}]` : escaped(String(value));
}
