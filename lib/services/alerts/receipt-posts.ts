import { eq, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import type { RunRow } from "@/lib/db/rows";
import { alertChannels, deliveries, exports, organizations, projects, runDocuments, runs } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { receiptSchema } from "@/lib/fields/receipt";
import type { WebhookBody } from "@/lib/schemas/webhook";
import { alertLinks } from "./links";

/**
 * SQL: as a CTE of the statement that commits a run, queues its receipt for every webhook that asks for receipts, if
 * `given`, the text after FROM, has rows.
 */
export const receiptPosts = (db: Tx, run: Pick<RunRow, "id" | "organizationId">, given: SQL) =>
  db.$with("posts", {}).as(sql`
    insert into ${deliveries} (organization_id, run_id, channel_id)
    select c.organization_id, ${run.id}::uuid, c.id from ${alertChannels} c
    where c.organization_id = ${run.organizationId} and c.enabled and c.receipts and exists (select 1 from ${given})`);

/** The request body that carries a run's receipt. Undefined if retention or a deletion has removed it. */
export async function receiptPayload(db: Db, runId: string): Promise<WebhookBody | undefined> {
  const [found] = await db
    .select({
      run: runs,
      receipt: runDocuments.receipt,
      organization: { id: organizations.id, name: organizations.name },
      project: { id: projects.id, name: projects.name },
      export: { id: exports.id, name: exports.name },
    })
    .from(runs)
    .innerJoin(runDocuments, documentsOfRun)
    .innerJoin(organizations, eq(organizations.id, runs.organizationId))
    .innerJoin(projects, eq(projects.id, runs.projectId))
    .innerJoin(exports, eq(exports.id, runs.exportId))
    .where(eq(runs.id, runId));
  if (!found?.receipt) return undefined;
  const { run, organization, project } = found;
  const links = alertLinks(found, getEnv().APP_URL);
  return {
    id: run.id,
    kind: "receipt",
    time: (run.finishedAt ?? run.createdAt).toISOString(),
    organization,
    project,
    export: found.export,
    run: {
      id: run.id,
      requestId: run.requestId,
      intervalStart: run.intervalStart.toISOString(),
      intervalEnd: run.intervalEnd.toISOString(),
    },
    error: null,
    links: { run: links.run, export: links.export },
    receipt: receiptSchema.parse(found.receipt),
  };
}
