import { monthOf } from "@/lib/db/month";
import type { ExportRow, RunRow } from "@/lib/db/rows";
import type { receiptLinks, runDocuments, runFiles, runs } from "@/lib/db/schema";
import type { RunSpec } from "@/lib/destinations/run-spec";
import { tablesOfSpec } from "@/lib/destinations/tables";
import type { Failure } from "@/lib/errors";
import type { ChainLink, ReceiptV2 } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { linkHash, sha256Of } from "@/lib/receipts/hash";
import { runWorkflowId } from "@/lib/temporal/contract";
import { configurationHash } from "../commit/statement";
import { pinOf } from "../pinned";
import type { StoredManifest } from "./find-links";
import type { Recovering } from "./load-export";

/** Why a run whose receipt was voided has not committed. */
const VOIDED: Failure = {
  code: "voided",
  message: "Its receipt was voided by a later one.",
  fix: null,
  retryable: false,
};

const ownerOf = ({ spec }: Recovering) => ({
  organizationId: spec.organizationId,
  projectId: spec.projectId,
});

/** The row of a run that only its receipt remembers. A voided receipt's run has failed. */
export function runOfReceipt(
  loaded: Recovering,
  receipt: ReceiptV2,
  { manifest, isVoid }: { manifest: StoredManifest | undefined; isVoid: boolean },
): typeof runs.$inferInsert {
  const { runId: id, exportId, requestId, rows, bytes, replacedCharacters } = receipt;
  const committedAt = new Date(receipt.committedAt);
  return {
    ...{ id, ...ownerOf(loaded), exportId, requestId, rows, bytes },
    ...pinOf(loaded),
    workflowId: runWorkflowId(id),
    trigger: "schedule",
    requestedBy: "Recovered from its receipt",
    state: isVoid ? "Failed" : "Completed",
    error: isVoid ? VOIDED : null,
    intervalStart: new Date(receipt.intervalStart),
    intervalEnd: new Date(receipt.intervalEnd),
    planVersion: 1,
    revision: Math.max(1, ...receipt.files.map(({ key }) => revisionOf(key))),
    manifest: manifest ? { key: manifest.key, etag: manifest.etag, bytes: manifest.bytes } : null,
    files: receipt.files.length,
    replacedCharacters: replacedCharacters ?? null,
    createdAt: committedAt,
    startedAt: committedAt,
    finishedAt: committedAt,
    cleanedAt: committedAt,
  };
}

type Made = Pick<RunRow, "id" | "createdAt" | "planVersion">;

/** A file's revision, by its key: `…-r3.jsonl.gz`. */
const revisionOf = (key: string): number => Number(/-r(\d{1,6})\.[a-z.]+$/.exec(key)?.[1] ?? 1);

/**
 * A receipt, and what its run was planned from: what the export specifies now, if the receipt names the same
 * configuration, otherwise unknown.
 */
export const documentsOfReceipt = (
  { spec }: Recovering,
  run: Made,
  receipt: ReceiptV2,
): typeof runDocuments.$inferInsert => ({
  ...{ runId: run.id, month: monthOf(run), spec: specOf(spec, receipt) },
  source: receipt.source,
  receipt,
  receiptSha256: sha256Of(canonicalJson(receipt)),
});

function specOf(spec: ExportRow, receipt: ReceiptV2): RunSpec | null {
  const { model, destination, columns, filters, fileSchema } = spec;
  const settings = [true, false].map((oneRowPerId) => ({
    model,
    destination,
    columns,
    filters,
    fileSchema,
    oneRowPerId,
  }));
  return settings.find((each) => configurationHash(each) === receipt.export.configurationHash) ?? null;
}

/** The files that a receipt names. Their ranges are not known. */
export function filesOfReceipt(loaded: Recovering, run: Made, receipt: ReceiptV2): (typeof runFiles.$inferInsert)[] {
  const committedAt = new Date(receipt.committedAt);
  const tables = tablesOfSpec(loaded.spec).map(({ table }) => table);
  return receipt.files.map((file, index) => ({
    ...{ runId: run.id, month: monthOf(run), ...ownerOf(loaded), index, planVersion: run.planVersion },
    ...{ key: file.key, rows: file.rows, bytes: file.bytes, sha256: file.sha256, etag: file.etag },
    table: tables.findLast((table) => file.key.includes(table)) ?? tables[0]!,
    revision: revisionOf(file.key),
    bounds: { from: null, to: null },
    state: "Completed",
    attempt: 1,
    expectedRows: file.rows,
    expectedFingerprint: "",
    encryption: file.encryption ?? null,
    sentAt: committedAt,
    startedAt: committedAt,
    finishedAt: committedAt,
  }));
}

/** A link of an export's chain as the ledger keeps it. */
export function rowOfLink(
  link: ChainLink,
  window: { intervalStart: Date; intervalEnd: Date },
  { voidedBy, isKept }: { voidedBy: number | undefined; isKept: boolean },
): typeof receiptLinks.$inferInsert {
  const { exportId, sequence, runId, type, previous, signature } = link;
  const isReceipt = link.type === "receipt";
  return {
    ...{ exportId, sequence, runId, type, previous, kid: signature.kid, ...window },
    sha256: linkHash(link),
    rows: isReceipt ? link.rows : 0,
    supersedes: isReceipt ? link.supersedes : null,
    voids: isReceipt ? null : link.voids.sequence,
    voidedBy: voidedBy ?? null,
    askedAt: isReceipt ? new Date(link.source.askedAt) : null,
    compared: isReceipt ? link.compared : null,
    signedAt: new Date(link.committedAt),
    document: isReceipt && voidedBy === undefined ? null : link,
    hasObject: isKept || (isReceipt && link.chain === "objects"),
    storedAt: isKept ? new Date(link.committedAt) : null,
  };
}
