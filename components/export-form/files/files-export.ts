import type { SettingsOf } from "@/lib/destinations/connection";
import type { FileSettings } from "@/lib/destinations/files/settings";
import { type FilesType, writesFiles } from "@/lib/destinations/outlines";
import type { CreateExport } from "@/lib/schemas/export";

/** An export of files, with the fields that all of them share. */
export type FilesExport = Omit<CreateExport, "destination"> & { destination: SettingsOf<FilesType> };

/** Applies file settings to an export; returns it unchanged if it writes no files. */
export function withFiles(value: CreateExport, changes: Partial<FileSettings>): CreateExport {
  const { destination } = value;
  return writesFiles(destination) ? { ...value, destination: { ...destination, ...changes } } : value;
}
