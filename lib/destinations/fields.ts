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
    hint: "{table_name} is replaced by events, persons, or merged_ids. A missing table is created.",
  },
  {
    name: "commitMode",
    initial: "replace",
    label: "When a window is run again",
    kind: "select",
    options: [
      {
        value: "replace",
        label: "Replace its rows",
        note: "A window’s rows are those of its last run: no duplicates.",
      },
      {
        value: "append",
        label: "Append its rows",
        note: "Every run adds its rows, retries too: duplicates are yours to remove.",
      },
    ],
  },
  {
    name: "deletedPersons",
    initial: "remove",
    label: "Persons that were deleted",
    kind: "select",
    models: ["persons"],
    options: [
      {
        value: "remove",
        label: "Remove their rows",
        note: "The table holds persons that exist.",
      },
      {
        value: "mark",
        label: "Mark their rows",
        note: "Rows stay, and say in _deleted_at when the person was deleted.",
      },
    ],
  },
];
