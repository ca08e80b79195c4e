import type { ColumnChoice } from "@/lib/fields/columns";
import type { FileSchema } from "@/lib/fields/file-schema";
import { persons } from "../tables/persons";
import type { SourceTable } from "../tables/types";
import { type ChosenColumn, chosenColumns } from "./columns";
import { nothing } from "./nothing";
import { Properties, sideBySide } from "./properties";
import type { Field, Shape } from "./types";
import { wholeNumber } from "./whole-number";

/** How CleverTap's files differ by format: XML says more about the person, and tables can't nest. */
export type ClevertapForm = "json" | "xml" | "table";

interface Form {
  form: ClevertapForm;
  fileSchema: FileSchema;
}

type Chosen = Map<string, ChosenColumn>;

const string = (name: string, sql: string, nullable = false): Field => ({ name, kind: "string", sql, nullable });
const object = (name: string, fields: Field[]): Field => ({ name, kind: "object", sql: "", fields });

/** yyyyMMddHHmmss in UTC, as a number. */
const stamp = (column: ChosenColumn | undefined, fileSchema: FileSchema): Omit<Field, "name"> =>
  !column || column.hashed
    ? { kind: "int", sql: nothing("int"), nullable: true }
    : {
        kind: "int",
        sql: `toUInt64(formatDateTime(${column.sql}, '%Y%m%d%H%i%S', 'UTC'))`,
        ...(fileSchema > 1 && wholeNumber()),
      };

/** A text column, NULL if the export omits it. */
const textOf = (name: string, column: ChosenColumn | undefined): Field =>
  column ? string(name, column.sql) : string(name, nothing("string"), true);

/** A JSON column: an empty object if the export leaves it out, text if it is hashed. */
function propertiesOf(name: string, kind: "json" | "entries", column: ChosenColumn | undefined): Field {
  if (!column) return { name, kind, sql: "'{}'" };
  return column.hashed ? string(name, column.sql) : { name, kind, sql: column.sql };
}

function eventFields(chosen: Chosen, { form, fileSchema }: Form): Pick<Shape, "fields" | "stages"> {
  const identity = textOf("identity", chosen.get("distinct_id"));
  const time = stamp(chosen.get("timestamp"), fileSchema);
  const eventName = textOf("eventName", chosen.get("event"));
  if (form === "json")
    return {
      fields: [
        object("profile", [identity]),
        { name: "ts", ...time },
        propertiesOf("eventProps", "json", chosen.get("properties")),
      ],
    };
  if (form === "table")
    return {
      fields: [
        { name: "timestamp", ...time },
        eventName,
        propertiesOf("eventProperties", "json", chosen.get("properties")),
      ],
    };
  const event = new Properties("event_values", chosen.get("properties"));
  const person = new Properties("person_values", chosen.get("person_properties"));
  const optional = (name: string, sql: string) => string(name, sql, true);
  const fields = [
    { name: "ts", ...time },
    eventName,
    object("profile", [
      { ...identity, name: "all_identities" },
      optional("platform", event.text("$platform", "platform", "$lib")),
      { ...optional("email", person.text("email", "$email")), ...person.document },
    ]),
    object("deviceInfo", [
      optional("browser", event.text("$browser", "browser")),
      optional("os", event.text("$os", "os")),
      optional("model", event.text("$device_model", "device_model")),
    ]),
    propertiesOf("eventProps", "entries", chosen.get("properties")),
  ];
  return { fields, stages: sideBySide([event.stages, person.stages]) };
}

function profileFields(chosen: Chosen, { form, fileSchema }: Form): Field[] {
  const ids = chosen.get("distinct_ids");
  const identity = ids ? string("identity", `${ids.sql}[1]`) : string("identity", nothing("string"), true);
  const all: Field = { name: "all_identities", kind: "strings", sql: ids?.sql ?? "CAST([] AS Array(String))" };
  const ts = { name: "ts", ...stamp(chosen.get("inserted_at"), fileSchema) };
  const properties = chosen.get("properties");
  if (form === "table")
    return [{ ...ts, name: "timestamp" }, identity, all, propertiesOf("profileProperties", "json", properties)];
  const kind = form === "xml" ? "entries" : "json";
  return [object("profile", [identity, all]), ts, propertiesOf("profileProps", kind, properties)];
}

/** A row of CleverTap's own export: an event or a profile. */
export function clevertapShape(model: SourceTable, choices: readonly ColumnChoice[] | null, form: Form): Shape {
  const chosen: Chosen = new Map(chosenColumns(model, choices).map((column) => [column.source, column]));
  if (model.table === persons.table) return { record: "Profile", fields: profileFields(chosen, form) };
  return { record: "Event", ...eventFields(chosen, form) };
}
