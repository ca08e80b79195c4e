import type { RunFileRow } from "@/lib/db/rows";
import { encryptionOf } from "@/lib/destinations/connection";
import { ExportError } from "@/lib/errors";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import type { PlannedRow } from "./documents";
import { replacedFields, sumReplaced } from "./sum-replaced";

type MeasuredFile = Pick<RunFileRow, "key" | "rows" | "bytes" | "sha256" | "etag" | "encryption" | "replaced">;

/** What a run measured of what it wrote. */
export type MeasuredRun = Pick<
  ReceiptV2,
  | "exportId"
  | "runId"
  | "requestId"
  | "intervalStart"
  | "intervalEnd"
  | "rows"
  | "bytes"
  | "replaced"
  | "replacements"
  | "replacedCharacters"
  | "files"
>;

/**
 * Adds up a run's measured files. Throws `receipt_mismatch` if one is unmeasured or the rows differ from the source's.
 */
export function measuredRun(
  run: Pick<
    PlannedRow,
    "id" | "exportId" | "requestId" | "intervalStart" | "intervalEnd" | "spec" | "replacedCharacters"
  >,
  sourceRows: number,
  measured: readonly MeasuredFile[],
): MeasuredRun {
  const encrypts = run.spec ? encryptionOf(run.spec.destination) !== null : false;
  const files = measured.map(({ key, rows, bytes, sha256, etag, encryption }) => {
    if (rows === null || bytes === null || sha256 === null || etag === null) throw mismatch(`${key} wasn't measured.`);
    return { key, rows, bytes, sha256, etag, ...(encrypts ? { encryption } : {}) };
  });
  const sum = (pick: (file: ReceiptV2["files"][number]) => number) =>
    files.reduce((total, file) => total + pick(file), 0);
  const rows = sum((file) => file.rows);
  if (rows !== sourceRows) throw mismatch(`The files have ${rows} rows, but the source has ${sourceRows}.`);
  return {
    exportId: run.exportId,
    runId: run.id,
    requestId: run.requestId,
    intervalStart: run.intervalStart.toISOString(),
    intervalEnd: run.intervalEnd.toISOString(),
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
    ...(all && replacedFields(all.values)),
    ...(characters !== null && { replacedCharacters: characters }),
  };
}

const mismatch = (message: string) =>
  new ExportError({ code: "receipt_mismatch", message, fix: "Retry the run.", retryable: false });
