import type { Reach } from "@/lib/destinations/reading-types";
import type { FormatName } from "@/lib/rows/formats/registry";
import type { Codec, Compression } from "@/lib/rows/formats/types";
import type { Glob } from "./glob";

/** What a snippet is written in, for readers and highlighters. */
export const LANGUAGES = ["sql", "python", "shell"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text to copy and run. It holds no secret. */
export interface Snippet {
  title: string;
  language: Language;
  text: string;
}

/** What a tool offers: snippets, and a sentence about what it can't do or what to know first. */
export interface Offer {
  snippets: Snippet[];
  note: string | null;
}

/**
 * What a field of a file holds. `texts` is a list, `object` has nested fields, and `entries` are XML's form of an
 * object. `uint64` exceeds what most tools call BIGINT.
 */
export type FieldType =
  | "text"
  | "json"
  | "time"
  | "int64"
  | "uint64"
  | "float"
  | "bool"
  | "texts"
  | "object"
  | "entries";

export interface SnippetField {
  name: string;
  type: FieldType;
  /** Of an `object`. */
  fields?: readonly SnippetField[];
}

export interface NamedFile {
  key: string;
  sha256: string;
}

/** The files of one table, of a whole export or of one run. */
export interface TableFiles {
  table: string;
  /** XML element of a row. */
  record: string;
  fields: readonly SnippetField[];
  format: FormatName;
  /** Around the files. */
  codec: Codec;
  /** Inside the files, for Parquet. */
  inside: Compression;
  /** Whether a line that is not a row comes first. */
  hasFirstLine: boolean;
  /** Columns in folder names, lowercase, in their order; empty if tools can't use them. */
  pathColumns: readonly string[];
  /** Matches every data file's key, and neither manifests nor markers. */
  glob: Glob;
  /** The run's files; null for a whole export, or for a run of too many files to name. */
  files: readonly NamedFile[] | null;
}

export interface FilesReading {
  kind: "files";
  reach: Reach;
  tables: readonly TableFiles[];
  /** The first day with a window, `2026-03-29`. */
  since: string;
}

/** A tool that reads files. One file in `tools/` and a line in the registry make one. */
export interface FilesTool {
  label: string;
  language: Language;
  /** A snippet's text for one table, or a sentence why the tool can't read it. */
  read(table: TableFiles, reading: FilesReading): { text: string; note?: string } | { cannot: string };
}
