import type { ObjectStore } from "@/lib/destinations/types";
import { type EarlierRun, earlierRuns, logRun, ownerOf } from "@/lib/services/ledger";
import type { LoadedRun } from "../load";

/**
 * Removes the manifests of receipts that a plan superseded by overwriting their files, before the first file is
 * written. Idempotent. If the credentials can't delete, the run's log says that the old manifest stays until it is
 * replaced.
 */
export async function withdraw(loaded: LoadedRun, objects: ObjectStore): Promise<void> {
  const { run } = loaded;
  const withdrawn = (await earlierRuns(run)).filter(({ supersededBy }) => supersededBy === run.id);
  const stale = withdrawn.flatMap(({ manifest }) =>
    manifest ? [{ key: manifest.key, first: true, measured: heldBy(manifest) }] : [],
  );
  const removals = await objects.remove(stale, ownerOf(run, withdrawn));
  for (const [file, removal] of removals)
    await logRun(
      run,
      removal === "removed" || removal === "absent"
        ? { level: "info", file, message: "Removed before its files are overwritten: their rows have changed." }
        : {
            level: "warn",
            file,
            message: "Can't be removed before its files are overwritten: its checksums are wrong until the commit.",
          },
    );
}

const heldBy = ({ etag, bytes }: NonNullable<EarlierRun["manifest"]>) =>
  etag === null || bytes === null ? null : { etag, bytes };
