import { and, eq } from "drizzle-orm";
import { canOpen } from "@/lib/crypto/secrets";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import { conflict, notFound } from "@/lib/errors";
import type { Project } from "@/lib/schemas/project";
import { type Actor, requireProject } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { saltAad, sealedSalt } from "./salt";
import { toProject } from "./to-project";

/**
 * Gives a project a new salt of its hashed columns, because the key that encrypted the old one is gone. From then on,
 * equal values have other hashes than in earlier files. Throws a 409 `AppError` if the old one can be opened.
 */
export async function replaceSalt(actor: Actor, { projectId }: { projectId: string }): Promise<Project> {
  const its = and(eq(projects.id, projectId), eq(projects.organizationId, actor.organizationId));
  return getDb().transaction(async (tx) => {
    const [old] = await tx.select().from(projects).where(its).for("no key update");
    if (!old) throw notFound("project");
    requireProject(actor, old.id);
    if (canOpen(old.hashSalt, saltAad(old.id)))
      throw conflict(
        "salt_readable",
        "The project's salt can be decrypted, so it can't be replaced: a new one would change every hash.",
      );
    const hashSalt = sealedSalt(old.id);
    await tx.update(projects).set({ hashSalt }).where(its);
    await recordAudit(tx, actor, {
      action: "project.salt",
      object: { id: old.id, name: old.name },
      projectId: old.id,
      before: { salt: "unreadable" },
      after: { salt: "new" },
    });
    return toProject({ ...old, hashSalt });
  });
}
