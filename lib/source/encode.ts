import type { FileBounds } from "../db/schema/run-files";
import type { Encoding } from "../rows/formats/encoding";
import { type Row, templateText } from "../rows/formats/row";
import type { Codec, Frame } from "../rows/formats/types";
import { hasTwoWays, onlyByPlainWays } from "../rows/json/two-ways";
import { quote } from "../rows/quote";
import { TIME_TYPE } from "../rows/tables/window";
import { ISO_TIMES } from "../rows/text";
import { predicate, type Selection, type Sql, saltParam } from "./predicate";
import { type Strictness, strictOrder } from "./strict";
import { clickhouseTime } from "./time";

/** A query whose answer is a file, with the settings that it needs and what lies around the answer. */
export interface EncodedQuery extends Sql {
  settings: Record<string, string | number>;
  codec: Codec;
}

/** What an export writes of a table: its rows, and how. */
export interface TableExtract {
  selection: Selection;
  encoding: Encoding;
  /** The salt of hashed columns. */
  salt: string;
}

/**
 * What a query reads: the table's rows that a condition holds for, with what their encoding has computed before. The condition is innermost,
 * so that nothing is computed for other rows.
 */
export const rowsOf = ({ selection, encoding }: Pick<TableExtract, "selection" | "encoding">, where: string): string =>
  encoding.stages.reduce(
    (rows, stage) => `(SELECT *, ${stage.join(", ")} FROM ${rows})`,
    `${selection.model.from} WHERE ${where}`,
  );

/** Whether a query of strictness `plain` is another than one of `exact`. */
export const hasPlainWays = (encoding: Encoding): boolean =>
  hasTwoWays(encoding.row.select) || hasTwoWays(encoding.stages.join());

/** Which rows a sample takes: about every n-th by its id's hash, of some stretches of time or of all. */
export interface Sample {
  everyNth: number;
  /** In µs since the epoch, half open. */
  times: readonly { fromUs: number; toUs: number }[];
}

/** The condition of a sample. Stretches of time are compared plainly, so that ClickHouse reads nothing else. */
export function sampled({ model }: Selection, { everyNth, times }: Sample): Sql {
  const each = times.map(
    (_, i) => `inserted_at >= {sample${i}:${TIME_TYPE}} AND inserted_at < {sampleEnd${i}:${TIME_TYPE}}`,
  );
  const params = times.flatMap(({ fromUs, toUs }, i) => [
    [`sample${i}`, clickhouseTime(fromUs)],
    [`sampleEnd${i}`, clickhouseTime(toUs)],
  ]);
  const inTimes = each.length > 0 ? ` AND (${each.join(" OR ")})` : "";
  return { sql: `${inTimes} AND cityHash64(${model.id}) % ${everyNth} = 0`, params: Object.fromEntries(params) };
}

/** No further condition. */
const ALL: Sql = { sql: "", params: {} };

interface Part {
  bounds?: FileBounds | undefined;
  sample?: Sample;
  /** A further condition, which begins with AND. */
  only?: Sql;
  /** SQL that rows are ordered by before their total order. */
  first?: string | undefined;
  limit?: number;
  /** What parts the rows. */
  between?: string;
  /** What the query fails at. */
  strict?: Strictness | undefined;
}

/**
 * The query whose answer is a file, byte for byte: the rows in their total order, each written by the format's expression.
 * A part of them only: between bounds, a sample, or the first few.
 */
export function encodeQuery(written: TableExtract, part: Part = {}): EncodedQuery {
  const { selection, encoding, salt } = written;
  const { model } = selection;
  const where = predicate(selection, part.bounds);
  const sample = part.sample ? sampled(selection, part.sample) : ALL;
  const only = part.only ?? ALL;
  const limit = part.limit ? ` LIMIT ${part.limit}` : "";
  const rows = rowsOf(written, where.sql + sample.sql + only.sql);
  const first = part.first ? `${part.first}, ` : "";
  const strict = part.strict ? strictOrder(encoding) : "";
  const way = part.strict === "plain" ? onlyByPlainWays : (sql: string) => sql;
  const eventName = part.bounds?.event === undefined ? null : hexText(part.bounds.event);
  return {
    sql:
      `SELECT ${way(encoding.row.select)} FROM ${way(rows)} ` +
      `ORDER BY ${first}inserted_at, ${model.id}${way(strict)}${limit} FORMAT ${encoding.clickhouseFormat}` +
      layoutOf(encoding.row, encoding.frame(eventName), part.between),
    params: { ...where.params, ...sample.params, ...only.params, ...saltParam(salt) },
    // A column that goes out under another's name must not stand for it in the rest of the query.
    settings: { ...encoding.settings, prefer_column_name_to_alias: 1 },
    codec: encoding.codec,
  };
}

/**
 * The settings of ClickHouse's Template format. They stand in the query's text, because they may be longer than what proxies
 * take in an address.
 */
function layoutOf({ template }: Row, { before, after }: Frame, between = ""): string {
  if (template === null) return "";
  const settings = {
    ...ISO_TIMES,
    output_format_json_quote_64bit_integers: "0",
    output_format_json_quote_denormals: "0",
    format_template_row_format: template,
    format_template_rows_between_delimiter: between,
    format_template_resultset_format: `${templateText(before)}\${data}${templateText(after)}`,
  };
  return ` SETTINGS ${Object.entries(settings)
    .map(([name, value]) => `${name} = ${quote(value)}`)
    .join(", ")}`;
}

/** The name that bounds hold in hexadecimal. */
export const hexText = (hex: string) => Buffer.from(hex, "hex").toString();
