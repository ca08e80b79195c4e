import type { ColumnChoice } from "@/lib/fields/columns";
import { events } from "../tables/events";
import { mergedIds } from "../tables/merged-ids";
import type { SourceTable } from "../tables/types";
import { chosenColumns } from "./columns";
import { nothing } from "./nothing";
import { Properties, sideBySide } from "./properties";
import type { Field, FieldKind, Shape } from "./types";

interface From {
  /** A column, NULL if the export omits it. */
  column(name: string): string;
  /** Properties of the event and its person. */
  event: Properties;
  person: Properties;
}

type Row = [name: string, kind: FieldKind, sql: ((from: From) => string) | null];

const column = (name: string) => (from: From) => from.column(name);
const text =
  (...keys: string[]) =>
  (from: From) =>
    from.event.text(...keys);
const ofPerson =
  (...keys: string[]) =>
  (from: From) =>
    from.person.text(...keys);
/** No column or well-known property of ours has it. */
const NOTHING = null;

/**
 * Amplitude's event object: all its fields in order, with their types and their sources here. Names with a $ are
 * well-known properties of PostHog's libraries; the first listed property that exists is used.
 */
const EVENT: Row[] = [
  ["server_received_time", "time", column("created_at")],
  ["app", "int", () => "project_id"],
  ["device_carrier", "string", text("$carrier", "device_carrier")],
  ["$schema", "int", NOTHING],
  ["city", "string", text("$geoip_city_name", "city")],
  ["user_id", "string", column("distinct_id")],
  ["uuid", "uuid", column("uuid")],
  ["event_time", "time", column("timestamp")],
  ["platform", "string", text("$platform", "platform", "$lib")],
  ["os_version", "string", text("$os_version", "os_version")],
  ["amplitude_id", "int", ({ event }) => event.int("$amplitude_id", "amplitude_id")],
  ["processed_time", "time", column("inserted_at")],
  ["user_creation_time", "time", ({ person }) => isoTime(person.text("$creation_time", "user_creation_time"))],
  ["version_name", "string", text("$app_version", "version_name")],
  ["ip_address", "string", column("ip")],
  ["paying", "bool", ({ person }) => person.bool("$paying", "paying")],
  ["dma", "string", text("dma")],
  ["group_properties", "json", ({ event }) => event.object("$group_properties", "group_properties")],
  ["user_properties", "json", column("person_properties")],
  ["client_upload_time", "time", column("created_at")],
  ["$insert_id", "string", text("$insert_id")],
  ["event_type", "string", column("event")],
  ["library", "string", text("$lib", "library")],
  ["amplitude_attribution_ids", "string", text("amplitude_attribution_ids")],
  ["device_type", "string", text("$device_type", "device_type")],
  ["device_manufacturer", "string", text("$device_manufacturer", "device_manufacturer")],
  ["start_version", "string", ofPerson("$start_version", "start_version")],
  ["location_lng", "float", ({ event }) => event.float("$geoip_longitude", "location_lng")],
  ["server_upload_time", "time", column("inserted_at")],
  ["event_id", "int", ({ event }) => event.int("$event_id", "event_id")],
  ["location_lat", "float", ({ event }) => event.float("$geoip_latitude", "location_lat")],
  ["os_name", "string", text("$os", "os_name")],
  ["amplitude_event_type", "string", text("amplitude_event_type")],
  ["device_brand", "string", text("$device_brand", "device_brand")],
  ["groups", "json", ({ event }) => event.object("$groups", "groups")],
  ["event_properties", "json", column("properties")],
  ["data", "json", ({ event }) => event.object("data")],
  ["device_id", "string", text("$device_id", "device_id")],
  ["language", "string", text("$browser_language", "$locale", "language")],
  ["device_model", "string", text("$device_model", "$device_name", "device_model")],
  ["country", "string", text("$geoip_country_name", "country")],
  ["region", "string", text("$geoip_subdivision_1_name", "region")],
  ["is_attribution_event", "bool", ({ event }) => event.bool("is_attribution_event")],
  ["adid", "string", text("$android_advertising_id", "adid")],
  ["session_id", "int", ({ event }) => event.int("$session_id", "session_id")],
  ["device_family", "string", text("$device_family", "device_family")],
  ["sample_rate", "string", NOTHING],
  ["idfa", "string", text("$ios_idfa", "idfa")],
  ["client_event_time", "time", column("timestamp")],
];

const isoTime = (sql: string) => `parseDateTime64BestEffortOrNull(ifNull(${sql}, ''), 6, 'UTC')`;

function eventShape(choices: readonly ColumnChoice[] | null): Shape {
  const chosen = new Map(chosenColumns(events, choices).map((each) => [each.source, each]));
  const event = new Properties("event_values", chosen.get("properties"));
  const person = new Properties("person_values", chosen.get("person_properties"));
  const from = (kind: FieldKind): From => ({
    event,
    person,
    column: (name) => {
      const found = chosen.get(name);
      // A hash is neither a JSON object nor a time.
      if (!found || (found.hashed && kind !== "string" && kind !== "uuid")) return nothing(kind);
      return found.sql;
    },
  });
  const fields = EVENT.map(([name, kind, sql]): Field => {
    const value = sql?.(from(kind)) ?? nothing(kind);
    const hashed = kind === "uuid" && chosen.get("uuid")?.hashed;
    const isPlain = [...chosen.values()].some((each) => each.sql === value) || value === "project_id";
    return { name, kind: hashed ? "string" : kind, sql: value, nullable: !isPlain };
  });
  return { record: "Event", fields, stages: sideBySide([event.stages, person.stages]) };
}

/** Milliseconds since the epoch, whatever the column's precision. */
const milliseconds = (column: string) => `toUnixTimestamp64Milli(toDateTime64(${column}, 3, 'UTC'))`;

/** Amplitude's merged ids, with times in epoch milliseconds. */
const MERGED: Field[] = [
  { name: "scope", kind: "int", sql: "scope" },
  { name: "merge_time", kind: "int", sql: milliseconds("merge_time") },
  { name: "merge_server_time", kind: "int", sql: milliseconds("inserted_at") },
  { name: "amplitude_id", kind: "int", sql: "amplitude_id" },
  { name: "merged_amplitude_id", kind: "int", sql: "merged_amplitude_id" },
];

/** A row of Amplitude's own export. */
export function amplitudeShape(model: SourceTable, choices: readonly ColumnChoice[] | null): Shape {
  return model.table === mergedIds.table ? { record: mergedIds.record, fields: MERGED } : eventShape(choices);
}
