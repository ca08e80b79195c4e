import type { Tx } from "@/lib/db/client";
import type { ApiKeyRow } from "@/lib/db/rows";
import { apiKeys } from "@/lib/db/schema";
import type { Role, Scope } from "@/lib/permissions";
import { keyHash, keyPrefix, newKey } from "./key";

interface NewApiKey {
  organizationId: string;
  projectId: string;
  name: string;
  scopes: Scope[];
  expiresAt: Date | null;
  /** The creator's role, which the key cannot exceed. */
  role: Role;
  createdBy: string | null;
}

/** Creates an API key for one project and returns it. It can't be retrieved later. */
export const insertApiKey = async (tx: Tx, input: NewApiKey): Promise<string> => (await insertKeyRow(tx, input)).key;

/** Like `insertApiKey`, but also returns the stored row. */
export async function insertKeyRow(tx: Tx, input: NewApiKey): Promise<{ key: string; row: ApiKeyRow }> {
  const key = newKey();
  const [row] = await tx
    .insert(apiKeys)
    .values({ ...input, prefix: keyPrefix(key), hash: keyHash(key) })
    .returning();
  return { key, row: row! };
}
