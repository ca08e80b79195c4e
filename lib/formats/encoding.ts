import type { Shape } from "../shapes/types";
import type { Codec, Compression, Format, FormatOptions, RowForm } from "./types";

type Settings = Record<string, string | number>;

/** How the files of one table of an export are written: all that a query and the count of its bytes need to know. */
export interface Encoding {
  clickhouseFormat: string;
  /** SQL expressions that the others refer to. */
  with: readonly string[];
  select: string;
  /** What a row is, for those who show one. */
  shape: Shape;
  size: string;
  /** SQL for the replaced characters of a row; null where nothing is ever replaced. */
  replaced: string | null;
  codec: Codec;
  contentType: string;
  rows: RowForm;
  /** Lines of a file that are no rows, and the settings that have ClickHouse write them around the rows of an event. */
  frameLines: number;
  settings(eventName: string | null): Settings;
}

/** A shape in a format, and how both are compressed. */
export interface Encoded {
  shape: Shape;
  format: Format;
  options?: FormatOptions;
  /** Around the file. */
  codec: Codec;
  /** Within the file, where the format can. */
  inside: Compression;
  level: number | null;
  /** A line before the format's own frame. */
  firstLine?(name: string | null): string;
  /** SQL for the replaced characters of a row, where it is not the format that replaces them. */
  replaced?: string;
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

/** All that it takes to write rows of a shape. */
export function encode({ shape, format, codec, inside, firstLine = () => "", ...rest }: Encoded): Encoding {
  const { before, after } = format.frame(shape);
  const hasFrame = firstLine("") + before + after !== "";
  const level = rest.level ?? DEFAULT_LEVEL;
  const within = format.settings?.(inside, level) ?? {};
  return {
    clickhouseFormat: hasFrame ? "CustomSeparated" : format.clickhouseFormat,
    with: shape.with ?? [],
    select: format.select(shape, rest.options ?? { defuseFormulas: false }),
    shape,
    size: format.sizeExpression(shape),
    replaced: rest.replaced ?? format.replacedExpression?.(shape) ?? null,
    codec,
    contentType: { none: format.contentType, gzip: "application/gzip", zstd: "application/zstd" }[codec],
    rows: format.rows,
    frameLines: lineEnds(firstLine("") + before + after),
    settings: (eventName) => ({
      ...within,
      ...(hasFrame ? framed(firstLine(eventName) + before, after) : {}),
      ...(codec === "none" ? {} : { http_zlib_compression_level: String(level) }),
    }),
  };
}
