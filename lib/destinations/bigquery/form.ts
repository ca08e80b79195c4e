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
      hint: "The key file of a service account, as Google gives it.",
    },
    {
      name: "apiEndpoint",
      label: "Address",
      kind: "text",
      optional: true,
      hint: "Only for private service connect: else it is Google's own.",
    },
  ],
  settings: [
    ...WAREHOUSE_FIELDS,
    {
      name: "jsonType",
      initial: "JSON",
      label: "Columns of JSON",
      kind: "select",
      options: [
        { value: "JSON", label: "JSON", note: "Its parts can be queried by name." },
        { value: "STRING", label: "STRING", note: "As text, with every digit as it came." },
      ],
    },
  ],
};
