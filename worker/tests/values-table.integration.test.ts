import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { settingsSchema } from "@/lib/destinations/settings";
import { writingOf } from "@/lib/destinations/writing";
import { NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schema";
import { NO_FILTERS } from "@/lib/fields/filters";
import type { Reason } from "@/lib/fields/receipt";
import { events } from "@/lib/rows/tables/events";
import { getSource, queryRows } from "@/lib/source/client";
import { rowsOf } from "@/lib/source/encode";
import { predicate } from "@/lib/source/predicate";
import { micros } from "@/lib/source/time";
import { type EventRow, eventRow, insertEvents } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";

const FILE = "docs/values.md";

const json = (text: string | Buffer): Partial<EventRow> => ({ properties: Buffer.from(text) });
const text = (value: string | Buffer): Partial<EventRow> => ({ distinct_id: Buffer.from(value) });
const nested = (depth: number) => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;

/** The values under test, by their names in the table. */
const VALUES: Record<string, Partial<EventRow>> = {
  "JSON: objects, lists, strings, escapes, surrogate pairs": json('{"a":[1,{"b":"\\ud83d\\ude00 \\u00e9"}],"c":null}'),
  "JSON: duplicate keys": json('{"a":1,"a":2}'),
  "JSON: `1.10`, `1e5`, `-0`": json("[1.10,1e5,-0]"),
  "JSON: an integer beyond 2^53 (`9007199254740993`)": json('{"a":9007199254740993}'),
  "JSON: an integer beyond 64 bits (`18446744073709551616`)": json('{"a":18446744073709551616}'),
  "JSON: a decimal with 20 digits": json('{"a":3.1415926535897932384}'),
  "JSON: an integer with 40 digits": json(`{"a":${"1234567890".repeat(4)}}`),
  "JSON: `1e999`": json('{"a":1e999}'),
  "JSON: `1e200000`, `1e-20000`": json('{"a":[1e200000,1e-20000]}'),
  "JSON: a lone surrogate (`\\ud83d`)": json('{"a":"\\ud83d"}'),
  "JSON: bytes that are not UTF-8": json(
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]),
  ),
  "JSON: NUL (`\\u0000`)": json('{"a":"\\u0000"}'),
  "JSON: 500 levels": json(nested(500)),
  "JSON: 1,000 levels": json(nested(1000)),
  "JSON: 3,000 levels": json(nested(3000)),
  "text in a JSON column that is not JSON": json("{'a': 1}"),
  "text: any Unicode characters": text('\ufffd ünï 👋 \u2028 "quoted" a/../b\r\n\t'),
  "text: bytes that are not UTF-8": text(Buffer.from([0x61, 0xff])),
  "text: NUL": text("a\0b"),
  "text: other control characters": text("a\u0001b"),
  "text: `=1+1`": text("=1+1"),
};

/** Every place rows are written to, with its settings as the API takes them. */
const PLACES: Record<string, object> = {
  "JSON Lines": { type: "s3", format: "jsonl" },
  CSV: { type: "s3", format: "csv" },
  "CSV, formulas defused": { type: "s3", format: "csv", defuseFormulas: true },
  "XML (CleverTap)": { type: "s3", format: "xml", layout: "clevertap" },
  Parquet: { type: "s3", format: "parquet" },
  PostgreSQL: { type: "postgres", table: "t" },
  "Snowflake ¹": { type: "snowflake", table: "t" },
  "BigQuery ¹": { type: "bigquery", table: "t" },
};

const BECOMES_STRING: readonly Reason[] = ["number_as_string", "depth_as_string", "not_json"];

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  const start = micros(pastHour(1).start);
  const rows = Object.values(VALUES).map((values, i) => eventRow(start + i * 1_000_000, values));
  await insertEvents(project.sourceProjectId, rows);
});
afterAll(() => project.close());

/** How each value arrives at a place. */
async function arrive(settings: object): Promise<string[]> {
  const destination = settingsSchema.parse(settings);
  const encoding = writingOf(destination).encoding(events, destination, null, NEWEST_FILE_SCHEMA);
  const { sourceProjectId } = project;
  const selection = { model: events, sourceProjectId, filters: NO_FILTERS, window: pastHour(1) };
  const where = predicate(selection);
  const reasons = encoding.replacements.map((each) => each.reasons).join(", ");
  const rows = await queryRows<{ reasons: Reason[] }>(
    getSource(),
    `SELECT arrayDistinct(arrayConcat([], ${reasons})) AS reasons FROM ${rowsOf({ selection, encoding }, where.sql)} ORDER BY inserted_at`,
    { params: { ...where.params, salt: "" } },
  );
  return rows.map((row) => wordsOf(row.reasons));
}

function wordsOf(reasons: Reason[]): string {
  if (reasons.length === 0) return "equal";
  const how = reasons.some((reason) => BECOMES_STRING.includes(reason)) ? "string" : "replaced";
  return `${how} (\`${reasons.toSorted().join("`, `")}\`)`;
}

const HEAD = `# How values arrive

Every value arrives equal to the source, or the receipt counts it in \`replacements\` by column and reason, and the run's log names the affected rows. A receipt with \`replaced: 0\` means that every value is equal. \`npm test\` checks this table by asking ClickHouse how it writes each value.

- **equal**: A reader gets the source's value. JSON is equal as a value; whitespace between tokens may differ.
- **replaced**: Characters that can't be written become U+FFFD (for \`formula\`, an apostrophe is added in front); the rest of the value is unchanged.
- **string**: The number, or the whole document, becomes a JSON string with the same characters.

`;

const FOOT = `
¹ According to the vendor's documentation. Tests use only stand-ins, which can't confirm it.

- PostgreSQL's \`jsonb\` keeps the last of duplicate keys and stores numbers by value: \`1.10\` and \`1e2\` come back as \`1.10\` and \`100\`.
- JSON that Snowflake's own parser refuses becomes a string, too. The commit counts it in the receipt as \`not_json\`, without naming rows in the log. If Snowflake's answer to a commit was lost, that count is unknown, and the receipt has no \`replaced\`.
- Snowflake and BigQuery also keep the last of duplicate keys. BigQuery shows numbers the way it writes doubles: \`1.10\` as \`1.1\`.
- XML has an entry for each key of a JSON object; a value that is not an object is one entry with an empty key. CleverTap's and Amplitude's layouts write times and derived fields as those products do: CleverTap's times are in whole seconds, and a number field whose value is not a number is NULL.
- Filters read properties the same way everywhere: the last of duplicate keys, and numbers by their exact value.
`;

it("is documented for every value and place, as ClickHouse writes it", async () => {
  const columns: string[][] = [];
  for (const settings of Object.values(PLACES)) columns.push(await arrive(settings));
  const rows = Object.keys(VALUES).map((name, n) => `| ${[name, ...columns.map((column) => column[n])].join(" | ")} |`);
  const places = Object.keys(PLACES);
  const table = [`| value | ${places.join(" | ")} |`, `|${" --- |".repeat(places.length + 1)}`, ...rows].join("\n");
  const generated = `${HEAD}${table}\n${FOOT}`;
  if (process.env.PENSTOCK_UPDATE_DOCS === "1") writeFileSync(FILE, generated);
  expect(readFileSync(FILE, "utf8"), `Run the test with PENSTOCK_UPDATE_DOCS=1 to write ${FILE}.`).toBe(generated);
}, 300_000);
