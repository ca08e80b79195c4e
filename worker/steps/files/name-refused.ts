import type { FileBounds } from "@/lib/db/schema/run-files";
import { ofRow, RowRefused } from "@/lib/destinations/warehouse/row-refused";
import { ExportError } from "@/lib/errors";
import type { Source } from "@/lib/source/client";
import type { TableExtract } from "@/lib/source/encode";
import { rowIdAt } from "@/lib/source/row-id";

/** Rethrows a file's error. For a refused row, adds its id, which the source finds by position. */
export async function nameRefused(
  source: Source,
  error: unknown,
  written: TableExtract,
  bounds: FileBounds,
  signal: AbortSignal,
): Promise<never> {
  if (!(error instanceof RowRefused)) throw error;
  const row = await rowIdAt(source, written, bounds, error.line, signal).catch(() => null);
  if (!row) throw error;
  throw new ExportError(ofRow(error.failure, row.name, row.id), { cause: error });
}
