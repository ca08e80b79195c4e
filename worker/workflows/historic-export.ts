import {
  CancellationScope,
  ChildWorkflowCancellationType,
  continueAsNew,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  patched,
} from "@temporalio/workflow";
import {
  type ExportRunInput,
  type HistoricExportInput,
  priorityOf,
  windowWords,
  workflowTypeOf,
} from "../../lib/temporal/contract";
import { endHistoric, nextHistoricWindows } from "./activities";

/** Windows per request. */
const BATCH = 100;
/** Windows per history, and concurrent runs: the range may be of any length. */
const SLIDING = { perHistory: 500, atOnce: 8 };
/** The same for an export started by an earlier version. */
const BATCHES = { perHistory: BATCH, atOnce: 4 };

type Batch = NonNullable<Awaited<ReturnType<typeof nextHistoricWindows>>>;

/** Runs every window of a past range, oldest first, a sliding few at once. A failed window doesn't stop the others. */
export async function historicExport(input: HistoricExportInput): Promise<void> {
  const id = input.historicExportId;
  const limits = patched("historic-slides") ? SLIDING : BATCHES;
  try {
    const batch = await nextHistoricWindows({ id, from: input.from, limit: BATCH });
    if (!batch) return;
    const ran = await runWindows(id, batch, limits);
    if (!ran) return;
    const failed = (input.failed ?? 0) + ran.failed;
    if (ran.next) await continueAsNew<typeof historicExport>({ historicExportId: id, from: ran.next, failed });
    await endHistoric({ id, state: failed > 0 ? "Failed" : "Completed" });
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => endHistoric({ id, state: "Cancelled" }));
    throw error;
  }
}

/** Returns how many failed, and where the next history's windows begin. Null if the export is gone. */
async function runWindows(id: string, first: Batch, { perHistory, atOnce }: typeof SLIDING) {
  const windows = slide(id, first, perHistory);
  let failed = 0;
  let stopped: unknown;
  const stop = (error: unknown): undefined => {
    stopped = error;
  };
  const lane = async () => {
    while (!stopped) {
      const window = await windows.take().catch(stop);
      if (!window) return;
      try {
        await runWindow(id, first, window);
      } catch (error) {
        if (isCancellation(error)) stop(error);
        failed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (stopped) throw stopped;
  return windows.isGone() ? null : { failed, next: windows.next() };
}

/** The windows of one history, each taken once; requests more when none is left. */
function slide(id: string, first: Batch, most: number) {
  let batch: Batch | null = first;
  let [at, taken] = [0, 0];
  let asked: Promise<void> | null = null;
  const ask = async (from: string) => {
    batch = await nextHistoricWindows({ id, from, limit: BATCH });
    at = 0;
    asked = null;
  };
  return {
    take: async () => {
      while (batch?.next && at === batch.windows.length && taken < most) {
        asked ??= ask(batch.next);
        await asked;
      }
      if (!batch || at === batch.windows.length) return undefined;
      taken += 1;
      return batch.windows[at++];
    },
    isGone: () => batch === null,
    next: () => batch?.next ?? null,
  };
}

async function runWindow(id: string, batch: Batch, window: Batch["windows"][number]): Promise<void> {
  const { organizationId, exportId, destinationType } = batch;
  const child: ExportRunInput = { exportId, historic: { id, ...window } };
  // Earlier versions' batches have no organization.
  const priority = organizationId ? priorityOf({ organizationId, isHistoric: true }) : undefined;
  await executeChild(workflowTypeOf(destinationType), {
    workflowId: `historic-${id}-${window.start}`,
    args: [child],
    staticSummary: windowWords(window),
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    ...(priority && { priority }),
  });
}
