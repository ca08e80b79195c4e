import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { organizations, user } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Me } from "@/lib/schemas/me";
import { listProjects } from "@/lib/services/projects/list";
import type { Actor } from "./actor";

/** The signed-in user with organization, role and projects. An API key is nobody: 403. */
export async function getMe(actor: Actor): Promise<Me> {
  if (actor.userId === null) throw new AppError("forbidden", "An API key is no user: sign in to ask who you are.", 403);
  const [row] = await getDb()
    .select({
      user: { id: user.id, name: user.name, email: user.email },
      organization: { id: organizations.id, name: organizations.name },
    })
    .from(user)
    .innerJoin(organizations, eq(organizations.id, actor.organizationId))
    .where(and(eq(user.id, actor.userId)));
  if (!row) throw new AppError("unauthenticated", "This user is gone: sign in again.", 401);
  const { items } = await listProjects(actor);
  return { ...row, role: actor.role, projects: items };
}
