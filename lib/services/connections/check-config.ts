import type { DestinationType } from "@/lib/destinations/catalog";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import { addressesOf, lackOf } from "@/lib/destinations/registry";
import { invalidField } from "@/lib/errors";
import { checkAddress } from "@/lib/net/guard";

/** Rejects, before saving, settings that this installation won't connect to or can't authenticate with. */
export async function checkConfig(
  type: DestinationType,
  config: ConnectionConfig,
  organizationId: string,
): Promise<void> {
  const lack = lackOf(type, config);
  if (lack) throw invalidField(`config.${lack.field}`, lack.message);
  for (const { field, url } of addressesOf(type, config)) {
    const problem = await checkAddress(url, { purpose: type, organizationId });
    if (problem)
      throw invalidField(
        `config.${field}`,
        `${problem} Use a public address, or ask your Penstock operator to add the host to ALLOWED_PRIVATE_HOSTS.`,
      );
  }
}
