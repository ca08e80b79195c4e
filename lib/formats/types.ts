import type { Column } from "../models/types";
import type { S3Destination } from "../schemas/destination";

export type Compression = S3Destination["compression"];

/** How rows are written, by ClickHouse itself: an expression for one row, and what frames it. */
export interface Format {
  /** ClickHouse's name of the output format that the row expressions are selected in. */
  clickhouseFormat: string;
  extension: string;
  contentType: string;
  /** SQL for one row of the file. Holds no user input: column names come from the model. */
  rowExpression(columns: readonly Column[]): string;
  /** SQL for about how many bytes that row takes before compression, cheap enough for a plan over every row. */
  sizeExpression(columns: readonly Column[]): string;
}
