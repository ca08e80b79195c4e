import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { openSecret, sealSecret } from "@/lib/crypto/secrets";
import type { Tx } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import { ExportError } from "@/lib/errors";

/** Binds a project's sealed salt to its row. */
export const saltAad = (projectId: string) => `projects:${projectId}`;

/**
 * Returns the salt of a project's hashed columns: one for all exports, so that their hashes can be joined. Created on
 * first use; replaced only if it can't be opened anymore. Throws an `ExportError` if the key that sealed it is gone.
 */
export async function saltOf(db: Tx, projectId: string): Promise<string> {
  const sealed = (await stored(db, projectId)) || (await make(db, projectId));
  try {
    return openSecret<{ salt: string }>(sealed, saltAad(projectId)).salt;
  } catch (cause) {
    const message = "The salt of the project's hashed columns can't be decrypted with this server's ENCRYPTION_KEYS.";
    const fix =
      "Restore the old key in ENCRYPTION_KEYS, run npm run rotate-keys, and retry the run. If it is lost, an owner can set a new salt under Settings, Projects.";
    throw new ExportError({ code: "salt_unreadable", message, fix, retryable: false }, { cause });
  }
}

async function stored(db: Tx, projectId: string): Promise<string> {
  const [row] = await db.select({ salt: projects.hashSalt }).from(projects).where(eq(projects.id, projectId));
  return row?.salt ?? "";
}

/** A new salt, sealed. */
export const sealedSalt = (projectId: string): string =>
  sealSecret({ salt: randomBytes(32).toString("hex") }, saltAad(projectId));

/** Of two concurrent calls, both keep the first one's salt. */
async function make(db: Tx, projectId: string): Promise<string> {
  const hashSalt = sealedSalt(projectId);
  await db
    .update(projects)
    .set({ hashSalt })
    .where(and(eq(projects.id, projectId), eq(projects.hashSalt, "")));
  return stored(db, projectId);
}
