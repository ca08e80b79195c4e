import type { Db } from "@/lib/db/client";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import type { OpenDestination } from "@/lib/destinations/types";
import { ExportError } from "@/lib/errors";
import { isNowForeign } from "../../fence";
import { loadRun, withDestination } from "../../load";
import { asPinned } from "../../pinned";
import type { Audited } from "./audited";

/**
 * Opens where runs wrote, as their plans pinned it. Throws an `ExportError` if that can't be: the connection was deleted
 * or leads elsewhere, its secret is gone, or the bucket is another organization's.
 */
export async function withPlace<T>(
  db: Db,
  [first]: readonly Audited[],
  use: (to: OpenDestination) => Promise<T>,
): Promise<T> {
  const loaded = await asPinned(db, await loadRun(db, first!.run.id));
  const { connection, run } = loaded;
  if (connection.deletedAt !== null) throw unreachable("connection_deleted", "The connection was deleted.");
  if (canonicalAddress(connection) !== run.address)
    throw unreachable(
      "connection_moved",
      `The window is in ${run.pinned?.place ?? run.address}, but its connection now uses another place.`,
    );
  if (await isNowForeign(db, loaded))
    throw unreachable("bucket_claimed", "The bucket now belongs to another organization.");
  return withDestination(db, loaded, use);
}

const unreachable = (code: string, message: string) => new ExportError({ code, message, fix: null, retryable: false });
