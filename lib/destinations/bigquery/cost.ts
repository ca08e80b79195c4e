import type { Target } from "../warehouse/target";
import type { BigquerySettings } from "./schema";
import type { TableOf } from "./tables";
import { layoutOf } from "./targets";

/** In dollars per TiB read: Google's list price on demand in the US. Source: "BigQuery pricing", on-demand compute. */
export const PRICE = 6.25;
type CommitModeOf = Pick<BigquerySettings, "commitMode">;

const GIB = 1024 ** 3;
export const TIB = 1024 * GIB;

const sizeOf = (bytes: number): string =>
  bytes < TIB ? `${(bytes / GIB).toFixed(1)} GiB` : `${(bytes / TIB).toFixed(1)} TiB`;

const priceOf = (bytes: number): string => `${sizeOf(bytes)}, $${((bytes / TIB) * PRICE).toFixed(2)} at list price`;

/**
 * What commits to an existing table read, as a sentence. BigQuery bills a statement that deletes or updates for all
 * columns of what it reads. Source: "DML statements in GoogleSQL", on-demand query size calculation.
 */
export function costOf({ table, bare }: Target, there: TableOf, { commitMode }: CommitModeOf): string {
  const bytes = Number(there.numBytes ?? 0);
  if (commitMode === "append") return `Runs only add rows to ${bare}.`;
  if (table.mergeBy) return `Each run with persons reads up to all of ${bare} (${priceOf(bytes)}).`;
  if (isClustered(there)) return `Each run reads only its own window of ${bare}.`;
  const first = `The first run of a window doesn't read ${bare}. Each later run and each audit reads up to all of it (${priceOf(bytes)}).`;
  return `${first} To read less, cluster it by ${layoutOf(table).clustering.fields.join(", ")}.`;
}

/** Whether a table's blocks are sorted by window: only the first columns of a clustering prune on their own. */
const isClustered = ({ clustering }: TableOf): boolean => {
  const [first, second] = clustering?.fields?.map((name) => name.toLowerCase()) ?? [];
  return first === "_export_id" && second === "_interval_start";
};
