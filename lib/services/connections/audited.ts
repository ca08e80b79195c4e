import type { ConnectionRow } from "./load";

/** What a type's secret is called there: S3's by its own name. */
const SECRET_NAMES: Record<ConnectionRow["type"], string> = {
  s3: "secretAccessKey",
  snowflake: "secret",
  bigquery: "serviceAccountKey",
  postgres: "password",
};

/** What the audit log tells of a connection. Of its secret only whether it is another one: a seal is never the same twice. */
export const audited = ({ type, name, automatic, config, secrets }: ConnectionRow) => ({
  name,
  automatic,
  config: { ...config, [SECRET_NAMES[type]]: secrets || null },
});
