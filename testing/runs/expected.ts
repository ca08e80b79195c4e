import type { SourceTable } from "@/lib/rows/tables/types";
import { clickhouseTime } from "@/lib/source/time";
import type { Corpus } from "./corpus";
import type { Hostile } from "./hostile";

/** A value that a reader must find: its kind and text. For JSON, also whether it is valid. */
export type Expected =
  | ["string" | "time" | "int", string]
  | ["json", string, boolean]
  | ["strings", string[]]
  | ["null"];

/** A row's key, and its fields by their dotted paths. */
export interface ExpectedRow {
  key: string;
  fields: Record<string, Expected>;
}

const string = (value: Buffer | string): Expected => ["string", value.toString()];
const time = (us: number): Expected => ["time", `${clickhouseTime(us).replace(" ", "T")}Z`];
const json = ({ bytes, json: is }: Hostile): Expected => ["json", bytes.toString(), is];
const int = (value: number | bigint): Expected => ["int", String(value)];
/** A time in CleverTap's format. */
const stamp = (us: number): string => clickhouseTime(us).replaceAll(/\D/g, "").slice(0, 14);

const eventRows = ({ events }: Corpus) =>
  events.map((row) => ({
    time: row.timestamp,
    fields: {
      uuid: string(row.uuid),
      event: string(row.event),
      distinct_id: string(row.distinct_id),
      person_id: string(row.person_id),
      timestamp: time(row.timestamp),
      created_at: time(row.created_at),
      inserted_at: time(row.inserted_at),
      properties: json(row.properties),
      person_properties: json(row.person_properties),
      elements_chain: string(row.elements_chain),
      ip: string(row.ip),
    },
  }));

const personRows = ({ persons }: Corpus) =>
  persons.map((row) => ({
    time: row.inserted_at,
    fields: {
      person_id: string(row.person_id),
      distinct_ids: ["strings", row.distinct_ids.map((id) => id.toString())] as Expected,
      properties: json(row.properties),
      created_at: time(row.created_at),
      inserted_at: time(row.inserted_at),
      version: int(row.version),
    },
  }));

const mergedRows = ({ mergedIds }: Corpus) =>
  mergedIds.map((row) => ({
    time: row.inserted_at,
    fields: {
      scope: int(row.scope),
      merge_time: time(Math.floor(row.merge_time / 1000) * 1000),
      inserted_at: time(row.inserted_at),
      amplitude_id: int(row.amplitude_id),
      merged_amplitude_id: int(row.merged_amplitude_id),
    },
  }));

/** A table's rows as inserted, each with the time in µs that identifies it. */
function sourceRows(corpus: Corpus, { table }: SourceTable): { time: number; fields: Record<string, Expected> }[] {
  if (table === "events") return eventRows(corpus);
  return table === "persons" ? personRows(corpus) : mergedRows(corpus);
}

interface Shaped {
  /** The field that identifies rows. */
  keyField: string;
  rows: ExpectedRow[];
}

type Source = ReturnType<typeof sourceRows>[number];

const shaped = (keyField: string, rows: Source[], fields: (row: Source) => Record<string, Expected>): Shaped => ({
  keyField,
  rows: rows.map((row) => {
    const made = fields(row);
    return { key: String(made[keyField]?.[1]), fields: made };
  }),
});

const millis = (us: number) => int(Math.floor(us / 1000));

function amplitude(corpus: Corpus, model: SourceTable): Shaped {
  const rows = sourceRows(corpus, model);
  if (model.table === "merged_ids")
    return shaped("merge_server_time", rows, ({ fields, time: us }) => ({
      scope: fields.scope!,
      merge_time: millis(us - 5_000_000),
      merge_server_time: millis(us),
      amplitude_id: fields.amplitude_id!,
      merged_amplitude_id: fields.merged_amplitude_id!,
    }));
  return shaped("event_time", rows, ({ fields }) => ({
    server_received_time: fields.created_at!,
    user_id: fields.distinct_id!,
    uuid: fields.uuid!,
    event_time: fields.timestamp!,
    processed_time: fields.inserted_at!,
    ip_address: fields.ip!,
    user_properties: fields.person_properties!,
    client_upload_time: fields.created_at!,
    event_type: fields.event!,
    server_upload_time: fields.inserted_at!,
    event_properties: fields.properties!,
    client_event_time: fields.timestamp!,
    sample_rate: ["null"],
    $schema: ["null"],
  }));
}

/** For events, and persons as profiles. */
function clevertap(corpus: Corpus, model: SourceTable, format: string): Shaped {
  const rows = sourceRows(corpus, model);
  const isPerson = model.table === "persons";
  const props = isPerson ? "profile" : "event";
  const ids = (fields: Source["fields"]) => (fields.distinct_ids?.[1] ?? []) as string[];
  const identity = (fields: Source["fields"]): Expected => fields.distinct_id ?? ["string", ids(fields)[0] ?? ""];
  const own = (path: string, fields: Source["fields"]) => (isPerson ? { [path]: fields.distinct_ids! } : {});
  if (format === "jsonl")
    return shaped("ts", rows, ({ fields, time: us }) => ({
      "profile.identity": identity(fields),
      ...own("profile.all_identities", fields),
      ts: ["int", stamp(us)],
      [`${props}Props`]: fields.properties!,
    }));
  if (format === "xml")
    return shaped("ts", rows, ({ fields, time: us }) => ({
      ts: ["int", stamp(us)],
      ...(isPerson ? { "profile.identity": identity(fields) } : { eventName: fields.event! }),
      "profile.all_identities": isPerson ? fields.distinct_ids! : identity(fields),
      [`${props}Props`]: fields.properties!,
    }));
  return shaped("timestamp", rows, ({ fields, time: us }) => ({
    timestamp: ["int", stamp(us)],
    ...(isPerson ? { identity: identity(fields) } : { eventName: fields.event! }),
    ...own("all_identities", fields),
    [`${props}Properties`]: fields.properties!,
  }));
}

/** What a reader must find in a table's files, by layout and format. */
export function expectedRows(
  corpus: Corpus,
  model: SourceTable,
  by: { layout: string; format: string; partitionByEvent: boolean },
): Shaped {
  if (by.layout === "amplitude") return amplitude(corpus, model);
  if (by.layout === "clevertap" || (by.format === "xml" && model.table === "events"))
    return clevertap(corpus, model, by.format);
  const keyField = model.table === "events" ? "timestamp" : "inserted_at";
  const named = ([name, value]: [string, Expected]) => [
    by.partitionByEvent && name === "event" ? "event_name" : name,
    value,
  ];
  return shaped(keyField, sourceRows(corpus, model), ({ fields }) =>
    Object.fromEntries(Object.entries(fields).map(named)),
  );
}
