import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { closeDb, getDb } from "@/lib/db/client";
import { connections, exports, projects } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access/actor";
import { deleteExport } from "@/lib/services/exports/delete";
import { initialize } from "@/lib/services/setup/initialize";
import { closeSource } from "@/lib/source/client";
import { closeTemporal } from "@/lib/temporal/client";
import { ownerOf } from "@/testing/api/actor";
import { TestBucket } from "./bucket";
import { closeSourceOwner, sourceOwner } from "./source-owner";

/** A project with rows and a bucket that no other test touches, and an actor with all rights in it. */
export interface TestProject {
  id: string;
  sourceProjectId: number;
  actor: Actor;
  bucket: TestBucket;
  /** Removes all of it and closes this process's connections. */
  close(): Promise<void>;
}

/** In the installation's first organization, unless another is given. */
export async function openProject(given?: { organizationId: string }): Promise<TestProject> {
  const { organizationId } = given ?? (await initialize());
  const sourceProjectId = randomInt(2 ** 31, 2 ** 32 - 1);
  const [row] = await getDb()
    .insert(projects)
    .values({ organizationId, name: `Test ${sourceProjectId}`, sourceProjectId })
    .returning();
  const id = row?.id ?? "";
  const actor = ownerOf(organizationId, [id]);
  const bucket = await TestBucket.make();
  return { id, sourceProjectId, actor, bucket, close: () => close({ id, sourceProjectId, actor, bucket }) };
}

async function close({ id, sourceProjectId, actor, bucket }: Omit<TestProject, "close">): Promise<void> {
  const mine = await getDb().select().from(exports).where(eq(exports.projectId, id));
  for (const row of mine) if (!row.deletedAt) await deleteExport(actor, { id: row.id });
  await getDb().delete(exports).where(eq(exports.projectId, id));
  await getDb().delete(connections).where(eq(connections.projectId, id));
  await getDb().delete(projects).where(eq(projects.id, id));
  await sourceOwner().command({
    query: "ALTER TABLE events DELETE WHERE project_id = {project:UInt32}",
    query_params: { project: sourceProjectId },
  });
  await bucket.remove();
  await Promise.all([closeDb(), closeSource(), closeSourceOwner(), closeTemporal()]);
}
