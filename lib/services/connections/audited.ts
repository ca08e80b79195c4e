import type { ConnectionRow } from "@/lib/db/rows";
import { destinations } from "@/lib/destinations/catalog";
import { Secret } from "@/lib/services/audit";

/** What a type's secret is called there: by its own name where it is one field. */
function secretName(type: ConnectionRow["type"]): string {
  const [name, ...more] = Object.keys(destinations[type].secret.shape);
  return name !== undefined && more.length === 0 ? name : "secret";
}

/** What the audit log tells of a connection. Of its secret only whether it is another one: a seal is never the same twice. */
export const audited = ({ type, name, automatic, config, secrets }: ConnectionRow) => ({
  name,
  automatic,
  config: { ...config, [secretName(type)]: secrets === "" ? null : new Secret(secrets) },
});
