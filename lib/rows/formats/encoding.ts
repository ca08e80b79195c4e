import type { Shape, Stage } from "../shapes/types";
import type { Replacement } from "./replacements";
import type { Row } from "./row";
import type { Codec, Compression, Format, FormatOptions, Frame, RowForm } from "./types";

type Settings = Record<string, string | number>;

/** How the files of one table of an export are written: all that a query and the count of its bytes need to know. */
export interface Encoding {
  clickhouseFormat: string;
  /** SQL expressions that the others refer to. */
  stages: readonly Stage[];
  row: Row;
  /** What a row is, for those who show one. */
  shape: Shape;
  size: string;
  /** What of a row may not arrive as it is. */
  replacements: readonly Replacement[];
  /** SQL for the characters of a row that are replaced by U+FFFD because the format can't carry them; null where it carries all. */
  replaced: string | null;
  codec: Codec;
  contentType: string;
  rows: RowForm;
  /** Text before the first and after the last row of an event's file, and how many lines it has. */
  frame(eventName: string | null): Frame;
  frameLines: number;
  /** ClickHouse's settings, apart from those of the template. */
  settings: Settings;
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
  /** Both where it is not the format that replaces what it can't carry. */
  replaced?: string | null;
  replacements?: readonly Replacement[];
}

const DEFAULT_LEVEL = 3;

/** How strongly files are packed by their codec. */
export const levelOf = ({ settings }: Pick<Encoding, "settings">): number =>
  Number(settings.http_zlib_compression_level ?? DEFAULT_LEVEL);

const lineEnds = (text: string) => text.split("\n").length - 1;

/** All that it takes to write rows of a shape. */
export function encode({ shape, format, codec, inside, firstLine = () => "", ...rest }: Encoded): Encoding {
  const { before, after } = format.frame(shape);
  const level = rest.level ?? DEFAULT_LEVEL;
  const options = rest.options ?? { defuseFormulas: false };
  return {
    clickhouseFormat: format.clickhouseFormat,
    stages: shape.stages ?? [],
    row: format.row(shape, options),
    shape,
    size: format.sizeExpression(shape, codec === "none"),
    replacements: rest.replacements ?? format.replacements(shape, options),
    replaced: rest.replaced ?? format.replacedExpression?.(shape) ?? null,
    codec,
    contentType: { none: format.contentType, gzip: "application/gzip", zstd: "application/zstd" }[codec],
    rows: format.rows,
    frame: (eventName) => ({ before: firstLine(eventName) + before, after }),
    frameLines: lineEnds(firstLine("") + before + after),
    settings: {
      ...format.settings?.(inside, level),
      ...(codec === "none" ? {} : { http_zlib_compression_level: String(level) }),
    },
  };
}
