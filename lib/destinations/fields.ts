import type { ModelName } from "../rows/tables/registry";

/** A field of a connection or of an export's settings, as forms and the API document show it. */
export interface FieldSpec {
  name: string;
  label: string;
  kind: "text" | "number" | "secret" | "textarea" | "select" | "switch";
  hint?: string;
  placeholder?: string;
  options?: readonly { value: string; label: string; note?: string }[];
  optional?: boolean;
  /** In a new connection or export: the schema's default, if it has one. */
  initial?: string | number;
  /** Shown only while another field has one of these values. */
  when?: { field: string; values: readonly string[] };
  /** Shown only for exports of these models; for connections, always. */
  models?: readonly ModelName[];
}

/** The fields of the forms for a destination's connections and exports, and its name there. */
export interface DestinationForm {
  label: string;
  /** How exports write there. */
  note: string;
  /** Empty if components/destinations has a form for the type. */
  connection: readonly FieldSpec[];
  /** Settings that not every destination of its kind has. Empty if components/destinations has fields for the type. */
  settings: readonly FieldSpec[];
}

/** Settings common to all warehouses. */
export const WAREHOUSE_FIELDS: readonly FieldSpec[] = [
  {
    name: "table",
    initial: "{table_name}",
    label: "Table",
    kind: "text",
    placeholder: "{table_name}",
    hint: "{table_name} is replaced with events, persons, or merged_ids. Missing tables are created.",
  },
  {
    name: "commitMode",
    initial: "replace",
    label: "When a window runs again",
    kind: "select",
    options: [
      {
        value: "replace",
        label: "Replace its rows",
        note: "A window has only the rows of its last run, so there are no duplicates.",
      },
      {
        value: "append",
        label: "Append its rows",
        note: "Every run adds its rows, including retries. You remove duplicates yourself.",
      },
    ],
  },
  {
    name: "deletedPersons",
    initial: "remove",
    label: "Deleted persons",
    kind: "select",
    models: ["persons"],
    options: [
      {
        value: "remove",
        label: "Remove their rows",
        note: "The table has only persons that exist.",
      },
      {
        value: "mark",
        label: "Mark their rows",
        note: "Rows stay, and _deleted_at says when the person was deleted.",
      },
    ],
  },
];
