import { type DestinationForm, WAREHOUSE_FIELDS } from "../fields";
import { TLS_MODES } from "./tls-modes";

const TLS_WORDS: Record<(typeof TLS_MODES)[number], string> = {
  disable: "No encryption",
  require: "Encrypted, without checking the certificate",
  "verify-ca": "Encrypted, checks the certificate authority",
  "verify-full": "Encrypted, checks the certificate authority and host name",
};

export const postgresForm: DestinationForm = {
  label: "PostgreSQL",
  note: "COPY into a staging table, then one transaction that replaces the window.",
  connection: [
    { name: "host", label: "Host", kind: "text", placeholder: "db.example.com" },
    { name: "port", label: "Port", kind: "number", placeholder: "5432", initial: 5432 },
    { name: "database", label: "Database", kind: "text", placeholder: "analytics" },
    { name: "schema", label: "Schema", kind: "text", placeholder: "public", initial: "public" },
    { name: "username", label: "User", kind: "text", placeholder: "penstock" },
    { name: "password", label: "Password", kind: "secret" },
    {
      name: "tls",
      initial: "verify-full",
      label: "TLS",
      kind: "select",
      options: TLS_MODES.map((value) => ({ value, label: TLS_WORDS[value] })),
    },
    {
      name: "tlsCa",
      label: "Certificate authority (PEM)",
      kind: "textarea",
      optional: true,
      hint: "Only if your own certificate authority signed the server's certificate.",
      when: { field: "tls", values: ["verify-ca", "verify-full"] },
    },
  ],
  settings: WAREHOUSE_FIELDS,
};
