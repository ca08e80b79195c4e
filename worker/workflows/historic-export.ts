import {
  CancellationScope,
  ChildWorkflowCancellationType,
  continueAsNew,
  executeChild,
  isCancellation,
  ParentClosePolicy,
} from "@temporalio/workflow";
import { type ExportRunInput, type HistoricExportInput, workflowTypeOf } from "../../lib/temporal/contract";
import { endHistoric, nextHistoricWindows } from "./activities";

/** Windows of one history, and runs of them at once: the range may be of any length. */
const WINDOWS_PER_HISTORY = 100;
const AT_ONCE = 4;

/** Runs every window of a past range, a sliding few at once, oldest first. A window that fails does not stop the others. */
export async function historicExport(input: HistoricExportInput): Promise<void> {
  const id = input.historicExportId;
  try {
    const batch = await nextHistoricWindows({ id, from: input.from, limit: WINDOWS_PER_HISTORY });
    if (!batch) return;
    const failed = (input.failed ?? 0) + (await runWindows(id, batch));
    if (batch.next) await continueAsNew<typeof historicExport>({ historicExportId: id, from: batch.next, failed });
    await endHistoric({ id, state: failed > 0 ? "Failed" : "Completed" });
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => endHistoric({ id, state: "Cancelled" }));
    throw error;
  }
}

type Batch = NonNullable<Awaited<ReturnType<typeof nextHistoricWindows>>>;

async function runWindows(id: string, { exportId, destinationType, windows }: Batch): Promise<number> {
  let next = 0;
  let failed = 0;
  let cancelled: unknown;
  const lane = async () => {
    while (next < windows.length && !cancelled) {
      const window = windows[next++];
      if (!window) return;
      const child: ExportRunInput = { exportId, historic: { id, ...window } };
      try {
        await executeChild(workflowTypeOf(destinationType), {
          workflowId: `historic-${id}-${window.start}`,
          args: [child],
          parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
          cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        });
      } catch (error) {
        if (isCancellation(error)) cancelled = error;
        failed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  if (cancelled) throw cancelled;
  return failed;
}
