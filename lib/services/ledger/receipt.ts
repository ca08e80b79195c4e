import type { RunFileRow } from "@/lib/db/rows";
import { encryptionOf } from "@/lib/destinations/connection";
import { ExportError } from "@/lib/errors";
import { RECEIPT_VERSION, type Receipt } from "@/lib/fields/receipt";
import type { PlannedRow } from "./documents";
import { sumReplaced } from "./sum-replaced";

type MeasuredFile = Pick<RunFileRow, "key" | "rows" | "bytes" | "sha256" | "etag" | "encryption" | "replaced">;

/**
 * Makes a run's receipt from measured files. Throws `receipt_mismatch` if one is unmeasured or the rows differ from the
 * source's.
 */
export function makeReceipt(
  run: Pick<
    PlannedRow,
    "id" | "exportId" | "requestId" | "intervalStart" | "intervalEnd" | "spec" | "replacedCharacters"
  >,
  source: Receipt["source"],
  measured: readonly MeasuredFile[],
): Receipt {
  const encrypts = run.spec ? encryptionOf(run.spec.destination) !== null : false;
  const files = measured.map(({ key, rows, bytes, sha256, etag, encryption }) => {
    if (rows === null || bytes === null || sha256 === null || etag === null) throw mismatch(`${key} was not measured.`);
    return { key, rows, bytes, sha256, etag, ...(encrypts ? { encryption } : {}) };
  });
  const sum = (pick: (file: Receipt["files"][number]) => number) =>
    files.reduce((total, file) => total + pick(file), 0);
  const rows = sum((file) => file.rows);
  if (rows !== source.rows) throw mismatch(`The files hold ${rows} rows, the source ${source.rows}.`);
  return {
    version: RECEIPT_VERSION,
    exportId: run.exportId,
    runId: run.id,
    requestId: run.requestId,
    intervalStart: run.intervalStart.toISOString(),
    intervalEnd: run.intervalEnd.toISOString(),
    source,
    rows,
    bytes: sum((file) => file.bytes),
    ...replacedOf(run, measured),
    files,
  };
}

/** Runs planned before files counted replaced characters take the count from their plan. */
function replacedOf(
  { replacedCharacters: planned }: Pick<PlannedRow, "replacedCharacters">,
  files: readonly MeasuredFile[],
) {
  const all = sumReplaced(files);
  const characters = all?.characters ?? planned;
  return {
    ...(all && { replaced: all.values.reduce((sum, { values }) => sum + values, 0), replacements: all.values }),
    ...(characters !== null && { replacedCharacters: characters }),
  };
}

/** The exact text of a receipt in its manifest. */
export const receiptText = (receipt: Receipt): string => `${JSON.stringify(receipt, null, 2)}\n`;

const mismatch = (message: string) =>
  new ExportError({ code: "receipt_mismatch", message, fix: "Retry the run.", retryable: false });
