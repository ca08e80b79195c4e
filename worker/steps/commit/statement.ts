import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { writesFiles } from "@/lib/destinations/catalog";
import { receiptLocation } from "@/lib/destinations/connection";
import { keepsChain } from "@/lib/destinations/files/chain";
import type { RunSpec } from "@/lib/destinations/run-spec";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { sha256Of } from "@/lib/receipts/hash";
import { type EarlierRun, measuredRun, receiptHash, replacedBy, type Statement } from "@/lib/services/ledger";
import type { LoadedRun } from "../load";
import type { Asked } from "./ask-source";

/** Everything a run's receipt says before it has a place in its export's chain. */
export async function statementOf(
  db: Db,
  loaded: LoadedRun,
  { source, accounting }: Asked,
  files: readonly RunFileRow[],
  earlier: readonly EarlierRun[],
  compared: ReceiptV2["compared"],
): Promise<Statement> {
  const { run, spec, connection } = loaded;
  const { destination } = spec;
  const isFiles = writesFiles(destination);
  const { layout, format, compression } = isFiles ? destination : NO_FILES;
  return {
    version: 2,
    type: "receipt",
    ...measuredRun(run, source.rows, files),
    export: { name: spec.name, configurationHash: configurationHash(spec) },
    location: receiptLocation(destination, run.pinned?.config ?? connection.config),
    layout,
    format,
    compression,
    source,
    accounting,
    compared,
    supersedes: await supersedesOf(db, loaded, earlier),
    chain: isFiles && keepsChain(destination) ? "objects" : "api",
  };
}

const NO_FILES = { layout: null, format: null, compression: null };

/** Identifies what the run exported, however the export is called and scheduled. */
export function configurationHash(spec: Required<RunSpec>): string {
  const { model, destination, columns, filters, fileSchema, oneRowPerId } = spec;
  return sha256Of(canonicalJson({ model, destination, columns, filters, fileSchema, oneRowPerId }));
}

async function supersedesOf(
  db: Db,
  { run }: LoadedRun,
  earlier: readonly EarlierRun[],
): Promise<Statement["supersedes"]> {
  const before = replacedBy(run, earlier);
  return before ? { runId: before.id, sha256: await receiptHash(db, before.id), reason: run.trigger } : null;
}
