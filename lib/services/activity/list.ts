import { and, desc, eq, gte, like, lt } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { exports, historicExports, runs } from "@/lib/db/schema";
import type { List } from "@/lib/fields/common";
import type { Activity, ListActivityQuery } from "@/lib/schemas/activity";
import { type Actor, loadProject } from "@/lib/services/access";
import { beginsWith } from "@/lib/services/like";
import { afterCreated, page } from "@/lib/services/paging";
import { runColumns } from "@/lib/services/runs";
import { exportColumns, toActivity } from "./to-activity";

type Input = ListActivityQuery & { projectId: string };

/**
 * Lists a project's requests, including those of deleted exports, newest first. `from` and `to` bound their creation
 * time.
 */
export async function listActivity(actor: Actor, input: Input): Promise<List<Activity>> {
  const project = await loadProject(actor, input.projectId);
  const rows = await getDb()
    .select({ run: runColumns, exported: exportColumns, askedFor: historicExports.requestedBy })
    .from(runs)
    .innerJoin(exports, eq(exports.id, runs.exportId))
    .leftJoin(historicExports, eq(historicExports.id, runs.historicExportId))
    .where(and(eq(runs.organizationId, actor.organizationId), eq(runs.projectId, project.id), ...filters(input)))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(input.limit + 1);
  return page(rows, input.limit, toActivity, ({ run }) => [run.createdAt, run.id]);
}

/** Request ids are lowercase; typed ones may not be. */
const filters = ({ requestId, exportId, trigger, state, from, to, cursor }: Input) => [
  requestId === undefined ? undefined : like(runs.requestId, beginsWith(requestId.toLowerCase())),
  exportId === undefined ? undefined : eq(runs.exportId, exportId),
  trigger === undefined ? undefined : eq(runs.trigger, trigger),
  state === undefined ? undefined : eq(runs.state, state),
  from === undefined ? undefined : gte(runs.createdAt, new Date(from)),
  to === undefined ? undefined : lt(runs.createdAt, new Date(to)),
  afterCreated(runs.createdAt, runs.id, cursor),
];
