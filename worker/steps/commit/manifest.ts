import type { RunFileRow } from "@/lib/db/rows";
import type { Manifest } from "@/lib/destinations/types";
import { writingOf } from "@/lib/destinations/writing";
import type { ReceiptV2 } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import { currentOf, type EarlierRun, ownerOf } from "@/lib/services/ledger";
import { keyInputOf, type LoadedRun } from "../load";

/** Null for a warehouse. */
export const manifestKeyOf = (loaded: LoadedRun): string | null =>
  writingOf(loaded.spec.destination).manifestKey(keyInputOf(loaded));

/** A run's manifest: its receipt, byte for byte. */
export function manifestOf(
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
    owner: ownerOf(run, earlier),
    known: earlier.some(({ state }) => state === "Completed"),
  };
}
