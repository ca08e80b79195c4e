import { and, eq, inArray, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { dbNow } from "@/lib/db/now";
import type { ReceiptLinkRow } from "@/lib/db/rows";
import { receiptLinks } from "@/lib/db/schema";
import { signed } from "@/lib/receipts/keys";
import type { Certificate } from "@/lib/schemas/receipt";
import type { Coverage } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/access";
import { getCoverage } from "@/lib/services/coverage";
import { loadExport } from "@/lib/services/exports";
import { currentSigningKey } from "@/lib/services/signing";
import { findingsOf } from "./certificate-findings";

/**
 * States, signed, which windows of a range are committed, with how many rows, and when and how that was checked. Throws
 * a 422 above 10,000 windows.
 */
export async function getCertificate(
  actor: Actor,
  input: { exportId: string; from: string; to: string },
): Promise<Certificate> {
  const exported = await loadExport(actor, input.exportId);
  const windows = (await getCoverage(actor, input)).filter(isExpected);
  const links = await linksOf(exported.id, windows);
  const items = windows.map((window) => toItem(window, window.runId ? links.get(window.runId) : undefined));
  const committed = items.filter(({ state }) => state === "committed");
  const { chainSequence: sequence, chainHead: sha256 } = exported;
  const statement: Omit<Certificate, "signature"> = {
    type: "certificate",
    version: 1,
    export: { id: exported.id, name: exported.name },
    from: new Date(input.from).toISOString(),
    to: new Date(input.to).toISOString(),
    windows: { expected: items.length, committed: committed.length },
    rows: committed.reduce((total, { rows }) => total + (rows ?? 0), 0),
    items,
    findings: await findingsOf(exported.id, windows),
    chain: sha256 === null ? null : { sequence, sha256 },
    signedAt: (await dbNow(getDb())).toISOString(),
  };
  return signed(statement, await currentSigningKey(getDb()));
}

/** A window that has not ended yet is not expected yet. */
const isExpected = (window: Coverage) => window.state !== "due" && window.state !== "not_expected";

async function linksOf(exportId: string, windows: readonly Coverage[]): Promise<Map<string, ReceiptLinkRow>> {
  const runIds = windows.flatMap(({ receiptSha256, runId }) => (receiptSha256 && runId ? [runId] : []));
  if (runIds.length === 0) return new Map();
  const rows = await getDb()
    .select()
    .from(receiptLinks)
    .where(
      and(
        eq(receiptLinks.exportId, exportId),
        eq(receiptLinks.type, "receipt"),
        isNull(receiptLinks.voidedBy),
        inArray(receiptLinks.runId, runIds),
      ),
    );
  return new Map(rows.map((row) => [row.runId, row]));
}

const toItem = (
  { start, end, state, runId, rows, outcome, checkedAt }: Coverage,
  link: ReceiptLinkRow | undefined,
): Certificate["items"][number] => ({
  intervalStart: start,
  intervalEnd: end,
  state,
  runId: runId ?? null,
  rows: rows ?? null,
  sequence: link?.sequence ?? null,
  sha256: link?.sha256 ?? null,
  checkedAt: checkedAt ?? link?.askedAt?.toISOString() ?? null,
  outcome,
  compared: link?.compared ?? null,
});
