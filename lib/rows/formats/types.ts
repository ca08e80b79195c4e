import type { Shape } from "../shapes/types";
import type { Replacement } from "./replacements";
import type { Row } from "./row";

/** Compression around a whole file. */
export type Codec = "none" | "gzip" | "zstd";

/** Compression that an export may request: around the file, or inside it if the format has its own codecs. */
export type Compression = Codec | "snappy" | "lz4";

/** Text before the first and after the last row, each line with its newline. */
export interface Frame {
  before: string;
  after: string;
}

export interface FormatOptions {
  /** CSV only: prefixes text that a spreadsheet would treat as a formula with an apostrophe. */
  defuseFormulas: boolean;
}

/** How rows are counted from a file's bytes. */
export type RowForm = "lines" | "csv" | "parquet" | "copy";

/** How ClickHouse writes the rows of a file, and what frames them. */
export interface Format {
  label: string;
  /** ClickHouse's name for the output format. */
  clickhouseFormat: string;
  extension: string;
  contentType: string;
  /** The first is the default. */
  compressions: readonly Compression[];
  /** Whether the format compresses internally: the key then has no compression suffix. */
  compressesInside: boolean;
  rows: RowForm;
  /** One row of the file. Its SQL holds no user input: names are checked, values are parameters. */
  row(shape: Shape, options: FormatOptions): Row;
  /**
   * SQL that estimates the row's bytes before compression, cheap enough to plan over every row. Less exact unless
   * `closely`, because a sample then corrects the estimate.
   */
  sizeExpression(shape: Shape, closely: boolean): string;
  frame(shape: Shape): Frame;
  /** Values of a row that may be replaced. */
  replacements(shape: Shape, options: FormatOptions): Replacement[];
  /**
   * SQL that counts a row's characters that the format can't carry and replaces by U+FFFD; absent if there are none.
   */
  replacedExpression?(shape: Shape): string;
  settings?(compression: Compression, level: number | null): Record<string, string | number>;
}

export const NO_FRAME: Frame = { before: "", after: "" };
