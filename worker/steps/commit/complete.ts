import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import type { Committed, Manifest } from "@/lib/destinations/types";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import { openCause, receiptPosts } from "@/lib/services/alerts";
import {
  auditShrink,
  type LogLine,
  linesWith,
  lockChain,
  type Statement,
  sameWindow,
  sealIn,
  stands,
  statesBefore,
  storedWith,
} from "@/lib/services/ledger";
import { idsOf } from "@/lib/services/log-fields";
import { getLogger } from "@/lib/services/logger";
import type { LoadedRun } from "../load";
import { afterCommit } from "./after-commit";
import { shrinksFrom } from "./shrinks-from";

export interface Ended {
  alertId: string | null;
  /** Whether nothing is left to remove. */
  isClean: boolean;
}

interface Done {
  committed: Committed;
  manifest: Manifest | null;
  /** Whether the bucket's chain has the receipt. */
  isKept: boolean;
  /** Whether earlier writes of the window can't have left anything. */
  isClean: boolean;
}

/** Ends a committed run in the ledger; a receipt that is not in the chain yet joins it. */
export async function complete(
  db: Db,
  loaded: LoadedRun,
  receipt: ReceiptV2 | Statement,
  { committed, manifest, isKept, isClean }: Done,
): Promise<Ended> {
  const { run } = loaded;
  const { rows, bytes } = receipt;
  const stored = manifest && committed.manifest ? { key: manifest.key, ...committed.manifest } : null;
  let isCommitted = false;
  const ended = await db.transaction(async (tx) => {
    isCommitted = false;
    const chain = await lockChain(tx, run.exportId);
    const isOpen = and(
      ...[eq(runs.id, run.id), inArray(runs.state, statesBefore("Completed")), eq(runs.planVersion, run.planVersion)],
      "sequence" in receipt ? stands(run.exportId, receipt.sequence) : undefined,
    );
    const line: LogLine = { level: "info", attempt: run.attempt, message: messageOf(receipt) };
    const lines = [manifest ? { ...line, file: manifest.key } : line];
    const given = sql`${runs} where ${isOpen}`;
    const before = await shrinksFrom(tx, loaded, rows);
    const kept = isKept && "sequence" in receipt ? [storedWith(tx, run.exportId, receipt.sequence)] : [];
    const [completed] = await tx
      .with(linesWith(tx, run, lines, given), receiptPosts(tx, run, given), ...kept)
      .update(runs)
      .set({
        state: "Completed",
        ...{ rows, bytes, manifest: stored },
        error: null,
        finishedAt: sql`now()`,
        cleanedAt: isClean ? sql`now()` : null,
      })
      .where(isOpen)
      .returning({ cause: openCause(run.exportId) });
    if (!completed) return { alertId: null, isClean: false };
    if (before !== null) await auditShrink(tx, run, { before, after: rows });
    if (!("signature" in receipt)) await sealIn(tx, chain, run, receipt);
    if (!isClean)
      await tx
        .update(runs)
        .set({ supersededBy: run.id })
        .where(and(sameWindow(run), eq(runs.state, "Completed"), ne(runs.id, run.id), isNull(runs.supersededBy)));
    isCommitted = true;
    return { alertId: await afterCommit(tx, chain.exported, run, completed.cause), isClean };
  });
  if (isCommitted) getLogger().info({ ...idsOf(run), rows, bytes, files: run.files }, "A window is committed.");
  return ended;
}

function messageOf({ rows, bytes, tables }: Statement): string {
  const where =
    tables?.map((table) => `${table.table} has ${table.rows} of them`).join(", ") ?? "the manifest was written";
  return `Committed ${rows} rows, ${bytes} bytes: ${where}.`;
}
