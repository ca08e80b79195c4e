import { buffer } from "node:stream/consumers";
import { parquetMetadata } from "hyparquet";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getSource } from "@/lib/source/client";
import { encodeQuery } from "@/lib/source/encode";
import { openEncoded } from "@/lib/source/open-encoded";
import { micros } from "@/lib/source/time";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { openProject, type TestProject } from "@/testing/runs/project";
import { warehouseTables } from "../warehouse/tables";
import { probeFile } from "./probe";
import { bigquerySettingsSchema } from "./schema";
import { bigquery } from "./writing";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

const window = { start: new Date("2025-01-01T00:00:00Z"), end: new Date("2025-01-01T01:00:00Z") };

/**
 * An export's file with one event, whose columns all have values. Its day is far ahead: where partitions expire, it
 * doesn't.
 */
async function written(): Promise<Buffer> {
  const at = micros(window.start) + 1;
  const row = eventRow(at, {
    uuid: "11111111-2222-4333-8444-555555555555",
    person_id: "66666666-7777-4888-8999-aaaaaaaaaaaa",
    timestamp: micros(new Date("2100-01-01T00:00:00Z")),
    properties: Buffer.from('{"$set":{"plan":"pro"},"$set_once":{"first":true}}'),
    elements_chain: Buffer.from("a"),
  });
  await insertEvents(project.sourceProjectId, [row]);
  const { model } = warehouseTables("events")[0]!;
  const filters = { includeEvents: [], excludeEvents: [], properties: [] };
  const selection = { model, sourceProjectId: project.sourceProjectId, filters, window };
  const encoding = bigquery.encoding(model, bigquerySettingsSchema.parse({ type: "bigquery" }), null, 2);
  return buffer(await openEncoded(getSource(), encodeQuery({ selection, encoding, salt: "" })));
}

/** What a load reads of a file before its rows: each column's type, mode, and codec. */
function columnsOf(file: Buffer) {
  const { schema, row_groups } = parquetMetadata(new Uint8Array(file).buffer);
  const codecs = row_groups.flatMap(({ columns }) => columns.map(({ meta_data }) => meta_data?.codec));
  const columns = schema.slice(1).map(({ name, type, repetition_type, converted_type, logical_type }) => ({
    name,
    type,
    repetition_type,
    converted_type,
    logical_type,
  }));
  return { columns, codecs };
}

it("verifies connections with a file like those of exports", async () => {
  const file = await written();
  expect(columnsOf(await buffer(probeFile())), `A new probe: ${file.toString("base64")}`).toEqual(columnsOf(file));
});

it("verifies with an event that no expiration of partitions removes", async () => {
  const { schema, row_groups } = parquetMetadata(new Uint8Array(await buffer(probeFile())).buffer);
  const at = schema.slice(1).findIndex(({ name }) => name === "timestamp");
  const { statistics } = row_groups[0]!.columns[at]!.meta_data!;
  expect(statistics?.min_value).toEqual(new Date("2100-01-01T00:00:00Z"));
});

/**
 * Source: googleapis/python-bigquery#10, "Field 'filename' is specified as NULLABLE in provided schema which does not
 * match REQUIRED as specified in the file."
 */
it("makes every column optional, as the load's schema says", async () => {
  const modes = columnsOf(await written()).columns.map(({ repetition_type }) => repetition_type);
  expect(new Set(modes)).toEqual(new Set(["OPTIONAL"]));
});
