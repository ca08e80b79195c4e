import type { Db } from "@/lib/db/client";
import type { Failure } from "@/lib/errors";
import { FileFailed } from "@/lib/pump/file-failed";
import { deliverDue, deliverSoon } from "@/lib/services/alerts";
import { endRequest } from "@/lib/services/checks";
import type { Dependencies } from "@/lib/services/dependencies";
import { endHistoric, type HistoricWindows, nextHistoricWindows, runOfWorkflow } from "@/lib/services/ledger";
import { applyRetention } from "@/lib/services/retention";
import { ATTEMPTS } from "@/lib/temporal/attempts";
import type { ExportRunInput } from "@/lib/temporal/contract";
import { advanceChecks } from "@/worker/steps/checks/advance";
import { auditDue } from "@/worker/steps/checks/audit-due";
import { lookAgain } from "@/worker/steps/checks/look-again";
import { cleanRuns } from "@/worker/steps/clean/clean-runs";
import { putAwayLeft } from "@/worker/steps/clean/put-away";
import { commitRun } from "@/worker/steps/commit/commit-run";
import { keepChains } from "@/worker/steps/commit/keep-chain";
import { exportFile, type FileRef } from "@/worker/steps/files/export-file";
import { exportGroup, type GroupRef } from "@/worker/steps/files/export-group";
import { clearFailure, noteAttempt, noteFailure } from "@/worker/steps/files/note-try";
import type { PlannedRun } from "@/worker/steps/plan/plan-run";
import { type Finished, planAndFinish } from "@/worker/steps/start/finish-small";
import { startDue } from "@/worker/steps/start/start-due";
import { type StartedRun, startAndFinish } from "@/worker/steps/start/start-run";
import { abandonRun } from "@/worker/steps/upkeep/abandon-run";
import { healSchedules } from "@/worker/steps/upkeep/heal-schedules";
import { settleRun } from "@/worker/steps/upkeep/settle-run";
import { sweepLost } from "@/worker/steps/upkeep/sweep";
import { type Handling, step } from "./step";

/** A slow mail server holds up no run: alerts are sent in the background, or by the next round of deliveries. */
const tell = (db: Db, alertId: string | null) => {
  if (alertId !== null) deliverSoon(db, alertId);
};

/** A step of a run, whose failures the run records. */
const ofRun = (onFailure: NonNullable<Handling["onFailure"]>): Handling => ({ onFailure, most: ATTEMPTS.run });

/** Every activity. Each only calls one verb of the run engine; inputs and results are ids and numbers. */
export const createActivities = (deps: Dependencies) => ({
  // The recorded inputs carry the time Temporal meant to fire; nothing depends on it.
  startRun: (args: { input: ExportRunInput; workflowId: string; scheduledFor: string }): Promise<StartedRun | null> =>
    step((current) =>
      startAndFinish(deps, args.input, args.workflowId, { ...current, onAlert: (alertId) => tell(deps.db, alertId) }),
    ),

  planRun: ({ runId }: { runId: string }): Promise<PlannedRun & Finished> =>
    step(
      async ({ attempt, signal }) => {
        await noteAttempt(deps.db, runId, attempt);
        return planAndFinish(deps, runId, { attempt, signal, onAlert: (alertId) => tell(deps.db, alertId) });
      },
      ofRun((failure, attempt) => noteFailure(deps.db, runId, attempt, failure)),
    ),

  exportFile: ({ isTried, ...file }: FileRef & Pick<Finished, "isTried">): Promise<void> => {
    // The step that planned the file made the first try.
    const before = isTried ? 1 : 0;
    return step(
      async (current) => {
        const attempt = current.attempt + before;
        await noteAttempt(deps.db, file.runId, attempt);
        await exportFile(deps, file, { ...current, attempt });
        if (attempt > 1) await clearFailure(deps.db, file.runId);
      },
      ofRun((failure, attempt) => noteFailure(deps.db, file.runId, attempt + before, failure, file)),
    );
  },

  exportGroup: (group: GroupRef): Promise<void> =>
    step(
      async ({ attempt, signal }) => {
        await noteAttempt(deps.db, group.runId, attempt);
        await exportGroup(deps, group, { attempt, signal });
        if (attempt > 1) await clearFailure(deps.db, group.runId);
      },
      ofRun((failure, attempt, error) =>
        noteFailure(
          deps.db,
          group.runId,
          attempt,
          failure,
          error instanceof FileFailed ? { ...group, index: error.index } : undefined,
        ),
      ),
    ),

  commitRun: ({ runId }: { runId: string }): Promise<void> =>
    step(
      async ({ attempt, signal }) => {
        await noteAttempt(deps.db, runId, attempt);
        tell(deps.db, await commitRun(deps, runId, signal));
      },
      ofRun((failure, attempt) => noteFailure(deps.db, runId, attempt, failure)),
    ),

  // A workflow canceled before it knows its run passes its own id.
  endRun: (args: {
    runId?: string | undefined;
    workflowId?: string;
    state: "Failed" | "Cancelled";
    error: Failure | null;
  }): Promise<void> =>
    step(async () => {
      const runId = args.runId ?? (args.workflowId && (await runOfWorkflow(deps.db, args.workflowId)));
      if (!runId) return;
      tell(deps.db, await settleRun(deps, runId, args.state, args.error));
      await abandonRun(deps.db, runId);
    }),

  nextHistoricWindows: (args: {
    id: string;
    from: string | undefined;
    limit: number;
  }): Promise<HistoricWindows | null> => step(() => nextHistoricWindows(deps.db, args.id, args.from, args.limit)),

  endHistoric: (args: { id: string; state: "Completed" | "Failed" | "Cancelled" }): Promise<void> =>
    step(async () => tell(deps.db, await endHistoric(deps.db, args.id, args.state))),

  startDue: (): Promise<number> => step(() => startDue(deps)),

  sweep: (): Promise<number> => step(() => sweepLost(deps)),

  healSchedules: (): Promise<number> => step(({ signal }) => healSchedules(deps, signal)),

  cleanRuns: (): Promise<number> =>
    step(async () => (await cleanRuns(deps.db)) + (await putAwayLeft(deps.db)) + (await keepChains(deps.db))),

  lookAgain: (): Promise<number> =>
    step(async ({ signal }) => {
      const { looked, alertIds } = await lookAgain(deps, signal);
      for (const alertId of alertIds) tell(deps.db, alertId);
      return looked;
    }),

  auditDue: (): Promise<number> =>
    step(async ({ signal }) => {
      const { audited, alertIds } = await auditDue(deps, signal);
      for (const alertId of alertIds) tell(deps.db, alertId);
      return audited;
    }),

  advanceChecks: ({ checkId }: { checkId: string }): Promise<{ isDone: boolean }> =>
    step(
      async ({ signal }) => {
        const { isDone, alertIds } = await advanceChecks(deps, checkId, signal);
        for (const alertId of alertIds) tell(deps.db, alertId);
        return { isDone };
      },
      { most: ATTEMPTS.checks },
    ),

  endChecks: ({ checkId, error }: { checkId: string; error: Failure }): Promise<void> =>
    step(() => endRequest(deps.db, checkId, error)),

  deliver: (): Promise<number> => step(() => deliverDue(deps.db)),

  // Recorded histories call it by its old name, from when it removed only logs.
  pruneLogs: (): Promise<number> => step(() => applyRetention(deps.db)),
});
