import type { ExportRow } from "@/lib/db/rows";
import { writingOf } from "@/lib/destinations/writing";
import { type FileSchema, NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schema";

type Files = Pick<ExportRow, "model" | "destination" | "columns">;

const differs = (files: Files) => writingOf(files.destination).fileSchemaChanges(files).length > 0;

/**
 * The file schema of a changed export: the requested one, or its own. If its files were the same in all file schemas
 * and no longer are, readers get new files anyway, so it is the newest.
 */
export function switchFileSchema(
  stored: Files & Pick<ExportRow, "fileSchema">,
  next: Files,
  wanted: FileSchema | undefined,
): FileSchema {
  if (wanted) return wanted;
  return !differs(stored) && differs(next) ? NEWEST_FILE_SCHEMA : stored.fileSchema;
}
