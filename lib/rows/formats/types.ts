import type { Shape } from "../shapes/types";
import type { Replacement } from "./replacements";
import type { Row } from "./row";

/** What lies around a whole file. */
export type Codec = "none" | "gzip" | "zstd";

/** What an export may ask for: around the file, or inside it where the format has codecs of its own. */
export type Compression = Codec | "snappy" | "lz4";

/** Text before the first and after the last row, each line with its end. */
export interface Frame {
  before: string;
  after: string;
}

export interface FormatOptions {
  /** CSV only: text that a spreadsheet would take for a formula gets an apostrophe in front. */
  defuseFormulas: boolean;
}

/** How the rows of a file are counted from its bytes. */
export type RowForm = "lines" | "csv" | "parquet" | "copy";

/** How ClickHouse itself writes the rows of a file, and what frames them. */
export interface Format {
  label: string;
  /** ClickHouse's name of the output format. */
  clickhouseFormat: string;
  extension: string;
  contentType: string;
  /** From which the first is the default. */
  compressions: readonly Compression[];
  /** Whether the compression is part of the format: then the key has no suffix for it. */
  compressesInside: boolean;
  rows: RowForm;
  /** One row of the file. Its SQL holds no user input: names were checked, values are parameters. */
  row(shape: Shape, options: FormatOptions): Row;
  /**
   * SQL for about how many bytes that row takes before compression, cheap enough for a plan over every row. Not so `closely`
   * where a sample will tell how many bytes it comes to in the end.
   */
  sizeExpression(shape: Shape, closely: boolean): string;
  frame(shape: Shape): Frame;
  /** What of a row may not arrive as it is. */
  replacements(shape: Shape, options: FormatOptions): Replacement[];
  /** SQL for how many characters of a row the format can't carry and replaces by U+FFFD; absent where it carries all. */
  replacedExpression?(shape: Shape): string;
  /** ClickHouse's settings for this format. */
  settings?(compression: Compression, level: number | null): Record<string, string | number>;
}

/** What frames a format that has no frame. */
export const NO_FRAME: Frame = { before: "", after: "" };
