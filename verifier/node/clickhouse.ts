import type { Receipt } from "../core/shapes/receipt";

/** Values as ClickHouse's HTTP interface takes them: lists and objects in its own text form. */
function paramText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(quoted).join(",")}]`;
  return typeof value === "string" ? escaped(value) : String(value);
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0" };
const escaped = (text: string) => text.replaceAll(/[\\\t\n\r\0]/g, (char) => ESCAPES[char] ?? char);
const quoted = (value: unknown): string =>
  typeof value === "string" ? `'${escaped(value).replaceAll("'", "\\'")}'` : paramText(value);

/** ClickHouse's code of an error: something can't be changed in readonly mode. */
const READONLY = "164";

/** Asks a receipt's query again. The server must refuse to change anything. */
export function clickhouse(address: string): (receipt: Receipt) => Promise<{ rows: number; fingerprint: string }> {
  const { username, password, origin, pathname } = new URL(address);
  return async ({ source }) => {
    const url = new URL(origin);
    const database = pathname.slice(1);
    if (database) url.searchParams.set("database", decodeURIComponent(database));
    url.searchParams.set("readonly", "2");
    for (const [name, value] of Object.entries(source.params)) url.searchParams.set(`param_${name}`, paramText(value));
    const ask = () =>
      fetch(url, {
        method: "POST",
        body: `SELECT toString(rows) AS rows, toString(fingerprint) AS fingerprint FROM (${source.query}) FORMAT JSON`,
        headers: {
          "X-ClickHouse-User": decodeURIComponent(username) || "default",
          "X-ClickHouse-Key": decodeURIComponent(password),
        },
        redirect: "error",
      });
    let answer = await ask();
    // A user who can only read can't say so.
    if (answer.headers.get("x-clickhouse-exception-code") === READONLY) {
      url.searchParams.delete("readonly");
      answer = await ask();
    }
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the source responds with ${answer.status}: ${text.slice(0, 300).trim()}`);
    const [row] = (JSON.parse(text) as { data: { rows: string; fingerprint: string }[] }).data;
    return { rows: Number(row?.rows ?? 0), fingerprint: row?.fingerprint ?? "0" };
  };
}
