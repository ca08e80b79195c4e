import { NO_PRINCIPAL, principal } from "@/lib/destinations/s3/principal";
import { invalid } from "@/lib/errors";
import { checkAddress } from "@/lib/net/guard";
import type { S3Config } from "@/lib/schemas/connection";

/** Refuses, before anything is saved, what this installation won't connect to or can't authenticate at. */
export async function checkConfig({ endpoint, auth }: S3Config): Promise<void> {
  if (auth !== "keys" && !principal()) throw refuse("config.auth", `${auth} ${NO_PRINCIPAL}`);
  const problem = endpoint === null ? null : await checkAddress(endpoint);
  if (problem)
    throw refuse(
      "config.endpoint",
      `is refused: ${problem} Use a public address, or ask whoever runs Penstock to list the host in ALLOWED_PRIVATE_HOSTS.`,
    );
}

const refuse = (path: string, message: string) => invalid(`${path} ${message}`, [{ path, message }]);
