import { type DestinationForm, WAREHOUSE_FIELDS } from "../fields";

export const bigqueryForm: DestinationForm = {
  label: "BigQuery",
  note: "Parquet load jobs into a staging table, then one transaction that replaces the window.",
  connection: [
    { name: "projectId", label: "Project", kind: "text", placeholder: "my-project-123" },
    { name: "dataset", label: "Dataset", kind: "text", placeholder: "analytics" },
    { name: "location", label: "Location", kind: "text", placeholder: "EU", initial: "EU" },
    {
      name: "serviceAccountKey",
      label: "Service account key (JSON)",
      kind: "textarea",
      hint: "The service account's key file, as Google provides it.",
    },
    {
      name: "apiEndpoint",
      label: "Address",
      kind: "text",
      optional: true,
      hint: "Only for Private Service Connect. Otherwise, Google's own is used.",
    },
  ],
  settings: [
    ...WAREHOUSE_FIELDS,
    {
      name: "jsonType",
      initial: "JSON",
      label: "JSON columns",
      kind: "select",
      options: [
        { value: "JSON", label: "JSON", note: "Queries can use fields by name." },
        { value: "STRING", label: "STRING", note: "Stores text, and keeps every digit." },
      ],
    },
  ],
};
