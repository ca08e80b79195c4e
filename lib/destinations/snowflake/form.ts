import { type DestinationForm, WAREHOUSE_FIELDS } from "../fields";

const LOWERCASE = 'Put names with lowercase letters in double quotes, like "analytics".';

export const snowflakeForm: DestinationForm = {
  label: "Snowflake",
  note: "Parquet through an internal stage, then one transaction that replaces the window.",
  connection: [
    { name: "account", label: "Account", kind: "text", placeholder: "myorg-account123" },
    { name: "username", label: "User", kind: "text", placeholder: "PENSTOCK" },
    {
      name: "auth",
      initial: "key_pair",
      label: "Authentication",
      kind: "select",
      options: [
        { value: "key_pair", label: "Key pair", note: "Recommended by Snowflake for services." },
        {
          value: "token",
          label: "Programmatic access token",
          note: "Expires after at most a year, and needs a network policy that allows Penstock’s address.",
        },
        {
          value: "password",
          label: "Password",
          note: "Deprecated: works only for users that Snowflake hasn’t migrated yet.",
        },
      ],
    },
    {
      name: "privateKey",
      label: "Private key (PEM)",
      kind: "textarea",
      hint: "PKCS#8, encrypted or not: -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----",
      when: { field: "auth", values: ["key_pair"] },
    },
    {
      name: "passphrase",
      label: "Key passphrase",
      kind: "secret",
      optional: true,
      when: { field: "auth", values: ["key_pair"] },
    },
    { name: "token", label: "Token", kind: "secret", when: { field: "auth", values: ["token"] } },
    { name: "password", label: "Password", kind: "secret", when: { field: "auth", values: ["password"] } },
    { name: "role", label: "Role", kind: "text", placeholder: "PENSTOCK", optional: true },
    { name: "warehouse", label: "Warehouse", kind: "text", placeholder: "PENSTOCK_WH" },
    { name: "database", label: "Database", kind: "text", placeholder: "ANALYTICS", hint: LOWERCASE },
    { name: "schema", label: "Schema", kind: "text", placeholder: "PUBLIC", initial: "PUBLIC", hint: LOWERCASE },
    {
      name: "accessUrl",
      label: "Address",
      kind: "text",
      optional: true,
      hint: "Only for private links. Otherwise, it is derived from the account.",
    },
  ],
  settings: [
    ...WAREHOUSE_FIELDS,
    {
      name: "names",
      initial: "upper",
      label: "Names",
      kind: "select",
      options: [
        { value: "upper", label: "Uppercase", note: "SQL without quotes works in upper and lower case." },
        {
          value: "posthog",
          label: "PostHog’s names",
          note: "Lowercase, with people_set and people_set_once. For tables that PostHog created.",
        },
      ],
    },
  ],
};
