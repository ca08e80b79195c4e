import type { DestinationType } from "@/lib/destinations/catalog";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import { addressesOf, lackOf } from "@/lib/destinations/registry";
import { invalid } from "@/lib/errors";
import { checkAddress } from "@/lib/net/guard";

/** Rejects, before saving, settings that this installation won't connect to or can't authenticate with. */
export async function checkConfig(
  type: DestinationType,
  config: ConnectionConfig,
  organizationId: string,
): Promise<void> {
  const lack = lackOf(type, config);
  if (lack) throw refuse(`config.${lack.field}`, lack.message);
  for (const { field, url } of addressesOf(type, config)) {
    const problem = await checkAddress(url, { purpose: type, organizationId });
    if (problem)
      throw refuse(
        `config.${field}`,
        `is refused: ${problem} Use a public address, or ask the operator of Penstock to list the host in ALLOWED_PRIVATE_HOSTS.`,
      );
  }
}

const refuse = (path: string, message: string) => invalid(`${path} ${message}`, [{ path, message }]);
