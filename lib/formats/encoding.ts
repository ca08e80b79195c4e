import { layoutOf } from "../layouts/registry";
import type { Model } from "../models/types";
import type { ColumnChoice } from "../schemas/columns";
import type { S3Destination } from "../schemas/destination";
import { codecOf, insideOf } from "./codec";
import { formats } from "./registry";
import type { Codec, Format, RowForm } from "./types";

type Settings = Record<string, string | number>;

/** How the files of one table of an export are written: all that a query and the count of its bytes need to know. */
export interface Encoding {
  clickhouseFormat: string;
  /** SQL expressions that the others refer to. */
  with: readonly string[];
  select: string;
  size: string;
  /** SQL for the replaced characters of a row; null where nothing is ever replaced. */
  replaced: string | null;
  codec: Codec;
  level: number | null;
  contentType: string;
  rows: RowForm;
  /** Lines of a file that are no rows, and the settings that have ClickHouse write them around the rows of an event. */
  frameLines: number;
  settings(eventName: string): Settings;
}

const DEFAULT_LEVEL = 3;

/** Lines as they are, with text before the first and after the last. */
const framed = (before: string, after: string): Settings => ({
  format_custom_escaping_rule: "Raw",
  format_custom_row_before_delimiter: "",
  format_custom_row_after_delimiter: "\n",
  format_custom_row_between_delimiter: "",
  format_custom_field_delimiter: "",
  format_custom_result_before_delimiter: before,
  format_custom_result_after_delimiter: after,
});

const lineEnds = (text: string) => text.split("\n").length - 1;

/** How an export writes the rows of one table. */
export function encodingOf(
  model: Model,
  destination: Pick<S3Destination, "layout" | "format" | "compression" | "compressionLevel" | "defuseFormulas">,
  columns: readonly ColumnChoice[] | null,
): Encoding {
  const layout = layoutOf(destination.layout);
  const format: Format = formats[destination.format];
  const shape = layout.shape(model, columns, destination.format);
  const { before, after } = format.frame(shape);
  const firstLine = (name: string) => layout.firstLine?.(destination.format, name) ?? "";
  const hasFrame = firstLine("") + before + after !== "";
  const codec = codecOf(destination);
  const level = destination.compressionLevel ?? DEFAULT_LEVEL;
  const inside = format.settings?.(insideOf(destination), level) ?? {};
  return {
    clickhouseFormat: hasFrame ? "CustomSeparated" : format.clickhouseFormat,
    with: shape.with ?? [],
    select: format.select(shape, destination),
    size: format.sizeExpression(shape),
    replaced: format.replacedExpression?.(shape) ?? null,
    codec,
    level: codec === "none" ? null : level,
    contentType: { none: format.contentType, gzip: "application/gzip", zstd: "application/zstd" }[codec],
    rows: format.rows,
    frameLines: lineEnds(firstLine("") + before + after),
    settings: (eventName) => ({
      ...inside,
      ...(hasFrame ? framed(firstLine(eventName) + before, after) : {}),
      ...(codec === "none" ? {} : { http_zlib_compression_level: String(level) }),
    }),
  };
}
