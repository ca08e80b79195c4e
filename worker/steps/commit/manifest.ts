import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import type { Manifest } from "@/lib/destinations/types";
import { writingOf } from "@/lib/destinations/writing";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { currentOf, type EarlierRun, ownerOf, stands } from "@/lib/services/ledger";
import { superseded } from "../fence";
import { keyInputOf, type LoadedRun, mayBeForgotten } from "../load";

/** Null for a warehouse. */
export const manifestKeyOf = (loaded: LoadedRun): string | null =>
  writingOf(loaded.spec.destination).manifestKey(keyInputOf(loaded));

/** A run's manifest: its receipt, byte for byte. */
export function manifestOf(
  db: Db,
  loaded: LoadedRun,
  { key, receipt }: { key: string; receipt: ReceiptV2 },
  files: readonly RunFileRow[],
  earlier: readonly EarlierRun[],
): Manifest {
  const { run } = loaded;
  const here = earlier.filter(({ address }) => address === run.address);
  const before = currentOf(here)?.manifest;
  return {
    key,
    text: canonicalJson(receipt),
    markers: writingOf(loaded.spec.destination).markerKeys(
      keyInputOf(loaded),
      files.map((file) => file.key),
    ),
    replaces: before?.key === key ? before.etag : null,
    owner: { ...ownerOf(run, earlier), isForgetful: mayBeForgotten(loaded) },
    known: earlier.some(({ state }) => state === "Completed"),
    confirm: () => requireStanding(db, run, receipt.sequence),
  };
}

/** A try that was overtaken must not put its receipt over that of the try that voided it. */
async function requireStanding(db: Db, { exportId }: LoadedRun["run"], sequence: number): Promise<void> {
  const { rows } = await db.execute<{ stands: boolean }>(sql`select ${stands(exportId, sequence)} as stands`);
  if (!rows[0]?.stands) throw superseded();
}
