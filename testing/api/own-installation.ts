import { afterAll, beforeAll, vi } from "vitest";
import { closeDb, getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { s3ConfigSchema } from "@/lib/destinations/s3/schema";
import { INSTALLATION_KEYS, type Installation, openInstallation } from "@/testing/database/installation";

/** The organization and project of the installation. */
export const [ORGANIZATION, PROJECT] = ["0a000000-0000-4000-8000-000000000001", "0b000000-0000-4000-8000-000000000001"];

/**
 * Gives the services of a test file their own database, which no worker reads and which has no rows of other tests. The
 * environment is read once, at a service's first request.
 */
export function withOwnInstallation(): () => Installation {
  let installation: Installation;
  beforeAll(async () => {
    installation = await openInstallation(process.env.DATABASE_URL ?? "");
    await installation.migrate();
    vi.stubEnv("DATABASE_URL", installation.url);
    vi.stubEnv("ENCRYPTION_KEYS", INSTALLATION_KEYS);
  });
  afterAll(async () => {
    await closeDb();
    vi.unstubAllEnvs();
    await installation.close();
  });
  return () => installation;
}

/** A connection from its project to a bucket. */
export async function connectTo(address: { endpoint: string; bucket: string }): Promise<string> {
  const config = s3ConfigSchema.parse({ region: "eu-central-1", accessKeyId: "key", ...address });
  const owner = { organizationId: ORGANIZATION, projectId: PROJECT };
  const [row] = await getDb()
    .insert(connections)
    .values({ ...owner, type: "s3", name: address.bucket, config, secrets: "" })
    .returning();
  return row!.id;
}
