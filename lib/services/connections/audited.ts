import type { ConnectionRow } from "./load";

/** What the audit log tells of a connection. Of its secret only whether it is another one: a seal is never the same twice. */
export const audited = ({ name, automatic, config, secrets }: ConnectionRow) => ({
  name,
  automatic,
  config: { ...config, secretAccessKey: secrets || null },
});
