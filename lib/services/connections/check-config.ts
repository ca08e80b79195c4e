import type { DestinationType } from "@/lib/destinations/catalog";
import type { ConnectionConfig } from "@/lib/destinations/connection";
import { addressesOf } from "@/lib/destinations/registry";
import { NO_PRINCIPAL, principal } from "@/lib/destinations/s3/principal";
import { invalid } from "@/lib/errors";
import { checkAddress } from "@/lib/net/guard";

/** Refuses, before anything is saved, what this installation won't connect to or can't authenticate at. */
export async function checkConfig(
  type: DestinationType,
  config: ConnectionConfig,
  organizationId: string,
): Promise<void> {
  if ("bucket" in config && config.auth !== "keys" && !principal())
    throw refuse("config.auth", `${config.auth} ${NO_PRINCIPAL}`);
  for (const { field, url } of addressesOf(type, config)) {
    const problem = await checkAddress(url, { purpose: type, organizationId });
    if (problem)
      throw refuse(
        `config.${field}`,
        `is refused: ${problem} Use a public address, or ask whoever runs Penstock to list the host in ALLOWED_PRIVATE_HOSTS.`,
      );
  }
}

const refuse = (path: string, message: string) => invalid(`${path} ${message}`, [{ path, message }]);
