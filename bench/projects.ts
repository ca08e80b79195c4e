import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access/actor";
import { createProject } from "@/lib/services/projects/create";
import { DATA_SETS, type DataSet } from "./rows";

/** Penstock's project for a data set. */
export async function projectFor(actor: Actor, data: DataSet): Promise<string> {
  const sourceProjectId = DATA_SETS[data];
  const [found] = await getDb().select().from(projects).where(eq(projects.sourceProjectId, sourceProjectId));
  return found?.id ?? (await createProject(actor, { name: data, sourceProjectId })).id;
}
