import type { Tx } from "@/lib/db/client";
import { apiKeys } from "@/lib/db/schema";
import type { Role, Scope } from "@/lib/permissions";
import { keyHash, keyPrefix, newKey } from "./key";

interface NewApiKey {
  organizationId: string;
  projectId: string;
  name: string;
  scopes: Scope[];
  expiresAt: Date | null;
  /** The maker's role: the key may no more. */
  role: Role;
  createdBy: string | null;
}

/** Makes an API key for one project and returns it: the only time that it can be seen. */
export async function insertApiKey(tx: Tx, input: NewApiKey): Promise<string> {
  const key = newKey();
  await tx.insert(apiKeys).values({ ...input, prefix: keyPrefix(key), hash: keyHash(key) });
  return key;
}
