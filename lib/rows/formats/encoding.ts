import type { Shape, Stage } from "../shapes/types";
import type { Replacement } from "./replacements";
import type { Row } from "./row";
import type { Codec, Compression, Format, FormatOptions, Frame, RowForm } from "./types";

type Settings = Record<string, string | number>;

/** How the files of one table of an export are written: everything a query and the meter need to know. */
export interface Encoding {
  clickhouseFormat: string;
  /** SQL expressions that other fields refer to. */
  stages: readonly Stage[];
  row: Row;
  /** Describes a row, for callers that show one. */
  shape: Shape;
  size: string;
  /** Values of a row that may be replaced. */
  replacements: readonly Replacement[];
  /**
   * SQL that counts a row's characters replaced by U+FFFD because the format can't carry them; null if it carries all.
   */
  replaced: string | null;
  codec: Codec;
  contentType: string;
  rows: RowForm;
  /** Text before the first and after the last row of an event's file, and its number of lines. */
  frame(eventName: string | null): Frame;
  frameLines: number;
  /** ClickHouse settings, except the template's. */
  settings: Settings;
}

/** A shape, its format, and the compression. */
export interface Encoded {
  shape: Shape;
  format: Format;
  options?: FormatOptions;
  /** Around the file. */
  codec: Codec;
  /** Inside the file, if the format can. */
  inside: Compression;
  level: number | null;
  /** A line before the format's own frame. */
  firstLine?(name: string | null): string;
  /** Both override the format's, where the format doesn't do the replacing. */
  replaced?: string | null;
  replacements?: readonly Replacement[];
}

const DEFAULT_LEVEL = 3;

/** Compression level of the files' codec. */
export const levelOf = ({ settings }: Pick<Encoding, "settings">): number =>
  Number(settings.http_zlib_compression_level ?? DEFAULT_LEVEL);

const lineEnds = (text: string) => text.split("\n").length - 1;

/** Combines everything needed to write rows of a shape. */
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
