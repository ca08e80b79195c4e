import { type FilesType, writesFiles } from "@/lib/destinations/catalog";
import type { SettingsOf } from "@/lib/destinations/connection";
import type { FileSettings } from "@/lib/destinations/files/settings";
import type { CreateExport } from "@/lib/schemas/export";

/** An export of files, as the fields that every such export has see it. */
export type FilesExport = Omit<CreateExport, "destination"> & { destination: SettingsOf<FilesType> };

/** An export with other settings of its files; one that writes none stays as it is. */
export function withFiles(value: CreateExport, changes: Partial<FileSettings>): CreateExport {
  const { destination } = value;
  return writesFiles(destination) ? { ...value, destination: { ...destination, ...changes } } : value;
}
