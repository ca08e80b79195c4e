import type { Db } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import type { ObjectStore } from "@/lib/destinations/types";
import { type EarlierRun, earlierRuns, lockChain, logRun, ownerOf, voidReceipt } from "@/lib/services/ledger";
import type { LoadedRun } from "../load";

/**
 * Removes the manifests of receipts that a plan superseded by overwriting their files, before the first file is
 * written. Idempotent. If the credentials can't delete, the run's log says that the old manifest stays until it is
 * replaced.
 */
export async function withdraw(db: Db, loaded: LoadedRun, objects: ObjectStore): Promise<void> {
  const { run } = loaded;
  const withdrawn = (await earlierRuns(db, run)).filter(({ supersededBy }) => supersededBy === run.id);
  const stale = withdrawn.flatMap(({ manifest }) =>
    manifest ? [{ key: manifest.key, first: true, measured: heldBy(manifest) }] : [],
  );
  await voidReceipts(db, run, withdrawn);
  const removals = await objects.remove(stale, ownerOf(run, withdrawn));
  for (const [file, removal] of removals)
    await logRun(
      db,
      run,
      removal === "removed" || removal === "absent"
        ? { level: "info", file, message: "Removed before its files are overwritten, because their rows have changed." }
        : {
            level: "warn",
            file,
            message: "Can't be removed before its files are overwritten. Its checksums are wrong until the commit.",
          },
    );
}

/** The chain says that these receipts no longer hold before their manifests are gone. */
async function voidReceipts(db: Db, run: RunRow, withdrawn: readonly EarlierRun[]): Promise<void> {
  if (withdrawn.length === 0) return;
  await db.transaction(async (tx) => {
    let chain = await lockChain(tx, run.exportId);
    for (const earlier of withdrawn) {
      const voided = { ...earlier, exportId: run.exportId };
      chain = await voidReceipt(tx, chain, voided, `The run ${run.id} writes its files again.`);
    }
  });
}

const heldBy = ({ etag, bytes }: NonNullable<EarlierRun["manifest"]>) =>
  etag === null || bytes === null ? null : { etag, bytes };
