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

/** Windows that are asked for at once. */
const BATCH = 100;
/** Windows of one history, and runs of them at once: the range may be of any length. */
const SLIDING = { perHistory: 500, atOnce: 8 };
/** The same of an export that an earlier version has started. */
const BATCHES = { perHistory: BATCH, atOnce: 4 };

type Batch = NonNullable<Awaited<ReturnType<typeof nextHistoricWindows>>>;

/** Runs every window of a past range, a sliding few at once, oldest first. A window that fails does not stop the others. */
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

/** Answers with how many failed, and with where the windows of the next history begin. Null where the export is gone meanwhile. */
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

/** The windows of one history, each to be taken once: more are asked for as soon as none is left. */
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
  // Batches of earlier versions did not say whose they are.
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
