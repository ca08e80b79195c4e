import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { AlertRow } from "@/lib/db/rows";
import { alerts, connections, exports, organizations, projects, runs } from "@/lib/db/schema";
import type { Failure } from "@/lib/errors";
import { blockedBy, timelineOf } from "@/lib/services/schedules";
import { nextRunAt, type Window } from "@/lib/windows";

/** Cause of an alert about a whole historic export. Its windows raise no alerts of their own. */
export const HISTORIC = "historic";

interface Named {
  id: string;
  name: string;
}

/** The facts of an alert, whatever its channel. */
export interface AlertFacts {
  kind: AlertRow["kind"];
  /** The failure's code, or `historic`. */
  cause: string;
  organization: Named;
  project: Named;
  export: Named;
  run: { id: string; requestId: string } | null;
  window: Window;
  failure: Failure | null;
  /** Consecutive failed windows when the export paused itself. */
  failures: number;
  nextRunAt: Date | null;
}

/** Loads an alert's facts as of now. Undefined if the alert was deleted with its export. */
export async function loadFacts(db: Tx, alertId: string): Promise<{ alert: AlertRow; facts: AlertFacts } | undefined> {
  const [found] = await db
    .select({
      alert: alerts,
      organization: organizations,
      project: projects,
      spec: exports,
      run: runs,
      connection: connections,
    })
    .from(alerts)
    .innerJoin(organizations, eq(organizations.id, alerts.organizationId))
    .innerJoin(projects, eq(projects.id, alerts.projectId))
    .innerJoin(exports, eq(exports.id, alerts.exportId))
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .leftJoin(runs, eq(runs.id, alerts.runId))
    .where(eq(alerts.id, alertId));
  if (!found) return undefined;
  const { alert, spec, run, connection } = found;
  const isStill = spec.paused || spec.deletedAt !== null || blockedBy(connection) !== null;
  const facts = {
    kind: alert.kind,
    cause: alert.cause,
    organization: named(found.organization),
    project: named(found.project),
    export: named(spec),
    run: run && { id: run.id, requestId: run.requestId },
    window: { start: alert.intervalStart, end: alert.intervalEnd },
    failure: alert.failure,
    failures: spec.pause?.failures ?? 0,
    nextRunAt: isStill ? null : nextRunAt(timelineOf(spec), spec, new Date()),
  };
  return { alert, facts };
}

const named = ({ id, name }: Named): Named => ({ id, name });
