import { randomUUID } from "node:crypto";
import type { ExportRow } from "@/lib/db/rows";
import type { runs } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { runWorkflowId } from "@/lib/temporal/contract";
import type { Window } from "@/lib/windows";
import { newRequestId } from "./request-id";

type NewRun = typeof runs.$inferInsert;

type Exported = Pick<ExportRow, "id" | "organizationId" | "projectId">;

interface About extends Pick<NewRun, "trigger" | "retryOf"> {
  historicExportId?: string | null;
  /** The workflow that takes the run; by default, the run's own. */
  workflowId?: string | undefined;
  /** The person who asked for it. */
  requester?: Pick<Actor, "userId" | "name"> | undefined;
}

/** Builds the `runs` row of a new run. */
export function newRun(spec: Exported, { start, end }: Window, { workflowId, requester, ...about }: About) {
  const id = randomUUID();
  return {
    ...about,
    id,
    organizationId: spec.organizationId,
    projectId: spec.projectId,
    exportId: spec.id,
    historicExportId: about.historicExportId ?? null,
    requestId: newRequestId(),
    workflowId: workflowId ?? runWorkflowId(id),
    intervalStart: start,
    intervalEnd: end,
    createdBy: requester?.userId,
    requestedBy: requester?.name,
  } satisfies NewRun;
}
