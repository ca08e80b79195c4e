import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getSource } from "@/lib/source/client";
import { countReplaced } from "@/lib/source/replaced";
import { micros } from "@/lib/source/time";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { encodeAll, tablesOf, type Wanted } from "@/testing/runs/extracts";
import { insertMergedIds } from "@/testing/runs/merged-ids";
import { openProject, type TestProject } from "@/testing/runs/project";

const hour = (n: number) => ({ start: new Date(Date.UTC(2025, 0, 1, n)), end: new Date(Date.UTC(2025, 0, 1, n + 1)) });
const at = (n: number, offset = 0) => micros(hour(n).start) + offset;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

async function textOf(wanted: Omit<Wanted, "sourceProjectId">): Promise<string[]> {
  const { sourceProjectId } = project;
  const destination = { compression: "none" as const, ...wanted.destination };
  const files = await encodeAll({ ...wanted, sourceProjectId, destination });
  return files.map(({ body }) => (body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body).toString());
}

const uuid = "11111111-2222-4333-8444-555555555555";

describe("Amplitude's event object", () => {
  const properties = {
    $os: "iOS",
    $os_version: 17,
    $app_version: "2.1",
    $geoip_city_name: "Köln",
    $geoip_longitude: 6.96,
    $geoip_latitude: "50.94",
    $session_id: 1_700_000_000_123,
    $groups: { company: ["a"] },
    amplitude_id: 9_007_199_254_740_991,
    is_attribution_event: false,
    event_id: 1.5,
    library: "",
  };

  it("is made of columns and well-known properties, with null for what is missing", async () => {
    const row = eventRow(at(0, 7), {
      uuid,
      event: Buffer.from("Sign up"),
      distinct_id: Buffer.from("user-1"),
      timestamp: at(0, 1),
      created_at: at(0, 3),
      properties: Buffer.from(JSON.stringify(properties)),
      person_properties: Buffer.from('{"paying":true,"user_creation_time":"2024-05-06T07:08:09Z"}'),
      ip: Buffer.from("192.0.2.1"),
    });
    await insertEvents(project.sourceProjectId, [row]);
    const [text = ""] = await textOf({ window: hour(0), destination: { layout: "amplitude", compression: "gzip" } });
    expect(JSON.parse(text)).toEqual({
      server_received_time: "2025-01-01T00:00:00.000003Z",
      app: project.sourceProjectId,
      device_carrier: null,
      $schema: null,
      city: "Köln",
      user_id: "user-1",
      uuid,
      event_time: "2025-01-01T00:00:00.000001Z",
      platform: null,
      os_version: "17",
      amplitude_id: 9_007_199_254_740_991,
      processed_time: "2025-01-01T00:00:00.000007Z",
      user_creation_time: "2024-05-06T07:08:09.000000Z",
      version_name: "2.1",
      ip_address: "192.0.2.1",
      paying: true,
      dma: null,
      group_properties: null,
      user_properties: { paying: true, user_creation_time: "2024-05-06T07:08:09Z" },
      client_upload_time: "2025-01-01T00:00:00.000003Z",
      $insert_id: null,
      event_type: "Sign up",
      library: "",
      amplitude_attribution_ids: null,
      device_type: null,
      device_manufacturer: null,
      start_version: null,
      location_lng: 6.96,
      server_upload_time: "2025-01-01T00:00:00.000007Z",
      event_id: null,
      location_lat: 50.94,
      os_name: "iOS",
      amplitude_event_type: null,
      device_brand: null,
      groups: { company: ["a"] },
      event_properties: properties,
      data: null,
      device_id: null,
      language: null,
      device_model: null,
      country: null,
      region: null,
      is_attribution_event: false,
      adid: null,
      session_id: 1_700_000_000_123,
      device_family: null,
      sample_rate: null,
      idfa: null,
      client_event_time: "2025-01-01T00:00:00.000001Z",
    });
  });

  it("goes beside merged ids, an hour each", async () => {
    await insertMergedIds(project.sourceProjectId, [
      {
        scope: 189524,
        amplitude_id: 1n,
        merged_amplitude_id: 2n ** 62n,
        merge_time: at(0, 5000),
        inserted_at: at(0, 9000),
      },
    ]);
    const texts = await textOf({
      window: hour(0),
      model: "events_and_merged_ids",
      destination: { layout: "amplitude", compression: "gzip" },
    });
    expect(texts).toHaveLength(2);
    expect(texts[1]).toBe(
      `{"scope":189524,"merge_time":1735689600005,"merge_server_time":1735689600009,"amplitude_id":1,"merged_amplitude_id":4611686018427387904}\n`,
    );
  });
});

describe("CleverTap's forms", () => {
  const destination = (format: "jsonl" | "xml" | "csv") =>
    ({ layout: "clevertap", format, compression: "gzip" }) as const;

  beforeAll(() =>
    insertEvents(project.sourceProjectId, [
      eventRow(at(1), {
        event: Buffer.from("Charged"),
        distinct_id: Buffer.from("dqsndckfk234"),
        timestamp: micros(new Date("2017-11-09T00:00:15Z")),
        properties: Buffer.from('{"CT Source":"API","Price":59.99,"<&>":"a\\u0000b\\nc","$browser":"Others"}'),
        person_properties: Buffer.from('{"email":"e@example.com"}'),
      }),
    ]),
  );

  it("are a line with the event's name, then an object a line", async () => {
    const [text] = await textOf({ window: hour(1), destination: destination("jsonl") });
    expect(text).toBe(
      'Charged\n{"profile":{"identity":"dqsndckfk234"},"ts":20171109000015,' +
        '"eventProps":{"CT Source":"API","Price":59.99,"<&>":"a\\u0000b\\nc","$browser":"Others"}}\n',
    );
  });

  it("are elements in XML, with what it can't carry replaced", async () => {
    const [text] = await textOf({ window: hour(1), destination: destination("xml") });
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Events>\n' +
        "<Event><ts>20171109000015</ts><eventName>Charged</eventName>" +
        "<profile><all_identities>dqsndckfk234</all_identities><email>e@example.com</email></profile>" +
        "<deviceInfo><browser>Others</browser></deviceInfo><eventProps>" +
        "<entry><key>CT Source</key><value>API</value></entry><entry><key>Price</key><value>59.99</value></entry>" +
        "<entry><key>&lt;&amp;&gt;</key><value>a\ufffdb&#10;c</value></entry>" +
        "<entry><key>$browser</key><value>Others</value></entry></eventProps></Event>\n</Events>\n",
    );
  });

  it("are counted for what XML replaced", async () => {
    const { sourceProjectId } = project;
    const [table] = tablesOf({ sourceProjectId, window: hour(1), destination: destination("xml") });
    expect((await countReplaced(getSource(), table!.written, { from: null, to: null })).replaced).toEqual({
      values: [{ table: "events", column: "eventProps", reason: "control_character", values: 1 }],
      characters: 1,
    });
  });

  it("begin with the event's name, whatever is in it", async () => {
    const names = ["\u0024{data}", "$", "$$v0", "a'b\\c\\'", 'q"\t', "two\r\nlines", "nul\0inside", "\0", "é😀"];
    const rows = names.map((name, i) => eventRow(at(5, i), { event: Buffer.from(name) }));
    await insertEvents(project.sourceProjectId, rows);
    const texts = await textOf({ window: hour(5), destination: destination("jsonl") });
    const lines = texts.map((text) => text.split("\n"));
    expect(lines.every(({ length }) => length === 3)).toBe(true);
    const escaped = names.map((name) => name.replace("\r\n", "\\r\\n").replace("\0", "\\0"));
    expect(lines.map(([first]) => first).sort()).toEqual(escaped.sort());
  });

  it("are a table in CSV", async () => {
    const [text] = await textOf({ window: hour(1), destination: destination("csv") });
    expect(text?.split("\r\n").slice(0, 2)).toEqual([
      "timestamp,eventName,eventProperties",
      `20171109000015,"Charged","{""CT Source"":""API"",""Price"":59.99,""<&>"":""a\\u0000b\\nc"",""$browser"":""Others""}"`,
    ]);
  });
});

describe("columns", () => {
  beforeAll(() =>
    insertEvents(project.sourceProjectId, [
      eventRow(at(2), { uuid, event: Buffer.from("=1+1"), distinct_id: Buffer.from("me@example.com") }),
    ]),
  );

  it("are chosen, renamed and hashed with the project's salt", async () => {
    const columns = [
      { name: "event", as: "uuid", hash: false },
      { name: "uuid", as: "event", hash: false },
      { name: "distinct_id", as: null, hash: true },
      { name: "timestamp", as: "inserted_at", hash: true },
    ];
    const hash = (text: string) => createHash("sha256").update(`pepper${text}`).digest("hex");
    const expected = {
      uuid: "=1+1",
      event: uuid,
      distinct_id: hash("me@example.com"),
      inserted_at: hash("2025-01-01 02:00:00.000000"),
    };
    const wanted = { window: hour(2), columns, salt: "pepper" };
    const [text = ""] = await textOf(wanted);
    expect(JSON.parse(text)).toEqual(expected);
    const [csv = ""] = await textOf({ ...wanted, destination: { format: "csv" } });
    expect(csv).toBe(
      `uuid,event,distinct_id,inserted_at\r\n"=1+1",${uuid},"${expected.distinct_id}","${expected.inserted_at}"\r\n`,
    );
    const { sourceProjectId } = project;
    // An alias that equals another column's name must not shadow it in the order or the filters.
    const parquet = { format: "parquet" } as const;
    const one = { ...wanted, sourceProjectId, destination: parquet, filters: { includeEvents: ["=1+1"] } };
    expect((await encodeAll(one)).map(({ rows }) => rows)).toEqual([1]);
  });

  it("have formulas defused in CSV where that is asked for", async () => {
    const columns = [{ name: "event", as: null, hash: false }];
    const [text] = await textOf({ window: hour(2), columns, destination: { format: "csv", defuseFormulas: true } });
    expect(text).toBe(`event\r\n"'=1+1"\r\n`);
  });
});
