import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { everyNth } from "@/testing/runs/sample";
import type { FileBounds } from "../db/schema/run-files";
import { type Settings, settingsSchema } from "../destinations/settings";
import { writingOf } from "../destinations/writing";
import { NEWEST_FILE_SCHEMA } from "../fields/file-schema";
import { NO_FILTERS } from "../fields/filters";
import { encode } from "../rows/formats/encoding";
import { jsonl } from "../rows/formats/jsonl";
import { xml } from "../rows/formats/xml";
import { getSource } from "./client";
import { encodeQuery, type TableExtract } from "./encode";
import { openEncoded } from "./open-encoded";
import type { Strictness } from "./strict";
import { clickhouseTime, micros } from "./time";

const window = pastHour(1);
const first = micros(window.start);

/** Like almost every document. */
const ORDINARY = [
  "{}",
  '{"plan":"pro","n":1,"list":[1,"two",null],"nested":{"a":{"b":true}}}',
  '{"$os":"Linux","$browser":"Chrome","$geoip_latitude":52.52,"$set":{"plan":"pro"},"$set_once":{"from":"ad"}}',
  '{"text":"a \\"quoted\\" word, a \\\\ and an \\u00e9"}',
];

const OTHERS = [
  '{\n  "pretty": 1,\r\n  "printed": [2]\n}',
  '{"a":1,"a":2,"$os":"one","$os":"two"}',
  '{"n":[1e400,-0,1.10,2E5,18446744073709551616],"$geoip_latitude":1.10}',
  '{"pi":3.14159265358979323846264338327950288}',
  '{"lone":"\\ud800","$set":{"n":1.10}}',
  '{"nul":"\\u0000","\\u0024os":"escaped"}',
  `{"deep":${"[".repeat(1100)}${"]".repeat(1100)}}`,
  `{"levels":${'{"a":'.repeat(600)}1${"}".repeat(600)}}`,
  '["no object"]',
  '"text"',
  "",
  "not JSON",
  '\ufeff{"marked":1}',
];

const DOCUMENTS = [
  ...ORDINARY.flatMap((document, i) => [document, OTHERS[i]!]),
  ...OTHERS.slice(ORDINARY.length),
  // Invalid UTF-8.
  Buffer.from([0x22, 0xff, 0x22]),
].map((document) => Buffer.from(document));

const isOrdinary = (document: Buffer) => ORDINARY.includes(document.toString());

const DESTINATIONS = [
  ["JSON lines", { type: "s3" }],
  ["Amplitude", { type: "s3", layout: "amplitude" }],
  ["CleverTap's XML", { type: "s3", layout: "clevertap", format: "xml" }],
  ["PostgreSQL", { type: "postgres", table: "events" }],
  ["BigQuery", { type: "bigquery", table: "events" }],
  ["Snowflake", { type: "snowflake", table: "events" }],
].map(([name, settings]) => [name, settingsSchema.parse(settings)] as const);

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  const rows = DOCUMENTS.map((document, n) =>
    eventRow(first + n, { properties: document, person_properties: DOCUMENTS[(n + 1) % DOCUMENTS.length]! }),
  );
  const same = DOCUMENTS.map((document, n) =>
    eventRow(first + DOCUMENTS.length + n, { properties: document, person_properties: document }),
  );
  await insertEvents(project.sourceProjectId, [...rows, ...same]);
});
afterAll(() => project.close());

/** A destination's rows as text lines, whatever its format. */
function writtenFor(settings: Settings, of = window): TableExtract {
  const writing = writingOf(settings);
  const model = writing.tables("events")[0]!;
  const { shape, replaced, replacements } = writing.encoding(model, settings, null, NEWEST_FILE_SCHEMA);
  const format = settings.type === "s3" && settings.format === "xml" ? xml : jsonl;
  const encoding = encode({
    ...{ shape, format, replaced, replacements },
    ...{ codec: "none", inside: "none", level: null },
  });
  const selection = { model, sourceProjectId: project.sourceProjectId, filters: NO_FILTERS, window: of };
  return { selection, encoding: { ...encoding, frame: () => ({ before: "", after: "" }) }, salt: "" };
}

const LOWEST = "00000000-0000-0000-0000-000000000000";
/** The bounds of a file with one row. */
const only = (n: number): FileBounds => ({
  from: { time: clickhouseTime(first + n), uuid: LOWEST },
  to: { time: clickhouseTime(first + n + 1), uuid: LOWEST },
});

/** A file's lines; null if its query fails. */
async function lines(written: TableExtract, bounds?: FileBounds, strict?: Strictness): Promise<string[] | null> {
  try {
    return (await text(await openEncoded(getSource(), encodeQuery(written, { bounds, strict }))))
      .split("\n")
      .slice(0, -1);
  } catch {
    return null;
  }
}

it("a value that is the only one of its document is looked at in it", async () => {
  const settings = settingsSchema.parse({ type: "s3", layout: "clevertap", format: "xml" });
  const other = pastHour(3);
  const written = writtenFor(settings, other);
  const at = micros(other.start) - first;
  const emails = ["a\\ud800@example.com", "a@example.com", "a\ufffd@example.com"];
  const rows = emails.map((email, n) =>
    eventRow(first + at + n, { person_properties: Buffer.from(`{"email":"${email}","other":1.10}`) }),
  );
  await insertEvents(project.sourceProjectId, rows);
  const answers = await Promise.all(emails.map((_, n) => lines(written, only(at + n), "exact")));
  expect(answers.map((answer) => answer !== null)).toEqual([false, true, true]);
});

describe.each(everyNth(DESTINATIONS, 2))("a strict query of rows for %s", (_, settings) => {
  it("gives the same bytes by plain ways, or fails; rows beside the file's don't matter to it", async () => {
    const written = writtenFor(settings);
    const all = (await lines(written))!;
    expect(all).toHaveLength(2 * DOCUMENTS.length);
    const failed: string[] = [];
    for (const [n, document] of DOCUMENTS.entries()) {
      const place = DOCUMENTS.length + n;
      const plain = await lines(written, only(place), "plain");
      if (plain === null) failed.push(document.toString());
      else expect(plain, document.toString()).toEqual([all[place]]);
      if (isOrdinary(document)) expect(plain, document.toString()).not.toBeNull();
    }
    expect(failed.length).toBeGreaterThan(5);
  });

  it("doesn't fail where all values arrive as they are", async () => {
    const written = writtenFor(settings);
    for (const strict of ["plain", "exact"] as const)
      expect(await lines(written, only(DOCUMENTS.length), strict), strict).toHaveLength(1);
  });

  it("fails where a value does not arrive as it is, by either way", async () => {
    const written = writtenFor(settings);
    expect(await lines(written, undefined, "plain")).toBeNull();
    expect(await lines(written, undefined, "exact")).toBeNull();
  });
});
