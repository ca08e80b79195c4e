import type { Shape } from "../shapes/types";

/** What lies around a whole file. */
export type Codec = "none" | "gzip" | "zstd";

/** What an export may ask for: around the file, or inside it where the format has codecs of its own. */
export type Compression = Codec | "snappy" | "lz4";

export interface FormatOptions {
  /** CSV only: text that a spreadsheet would take for a formula gets an apostrophe in front. */
  defuseFormulas: boolean;
}

/** How the rows of a file are counted from its bytes. */
export type RowForm = "lines" | "csv" | "parquet" | "copy";

/** How rows are written, by ClickHouse itself: an expression for one row, and what frames it. */
export interface Format {
  label: string;
  /** ClickHouse's name of the output format that the row expressions are selected in. */
  clickhouseFormat: string;
  extension: string;
  contentType: string;
  /** From which the first is the default. */
  compressions: readonly Compression[];
  /** Whether the compression is part of the format: then the key has no suffix for it. */
  compressesInside: boolean;
  rows: RowForm;
  /** SQL for one row of the file. Holds no user input: names were checked, values are parameters. */
  select(shape: Shape, options: FormatOptions): string;
  /** SQL for about how many bytes that row takes before compression, cheap enough for a plan over every row. */
  sizeExpression(shape: Shape): string;
  /** Text before the first and after the last row, each line with its end. */
  frame(shape: Shape): { before: string; after: string };
  /** SQL for how many characters of a row the format can't carry and replaces; absent where it carries all. */
  replacedExpression?(shape: Shape): string;
  /** ClickHouse's settings for what is compressed inside. */
  settings?(compression: Compression, level: number | null): Record<string, string | number>;
}

/** What frames a format that has no frame. */
export const NO_FRAME = { before: "", after: "" };
