import type { ConnectionRow } from "@/lib/db/rows";
import { destinations } from "@/lib/destinations/catalog";
import { Secret } from "@/lib/services/audit";

/** A secret's name in the audit log: its field's name if there is only one. */
function secretName(type: ConnectionRow["type"]): string {
  const [name, ...more] = Object.keys(destinations[type].secret.shape);
  return name !== undefined && more.length === 0 ? name : "secret";
}

/** Fields for the audit log. The secret shows only as changed: sealing it twice never gives the same value. */
export const audited = ({ type, name, automatic, config, secrets }: ConnectionRow) => ({
  name,
  automatic,
  config: { ...config, [secretName(type)]: secrets === "" ? null : new Secret(secrets) },
});
