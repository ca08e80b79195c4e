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

/** A query whose response is a file, with the settings it needs and the codec of the response. */
export interface EncodedQuery extends Sql {
  settings: Record<string, string | number>;
  codec: Codec;
}

/** What an export writes of a table, and how. */
export interface TableExtract {
  selection: Selection;
  encoding: Encoding;
  /** Salt of hashed columns. */
  salt: string;
}

/**
 * What a query reads: the table's rows that match a condition, with their encoding's stages. The condition is
 * innermost, so that nothing is computed for other rows.
 */
export const rowsOf = ({ selection, encoding }: Pick<TableExtract, "selection" | "encoding">, where: string): string =>
  encoding.stages.reduce(
    (rows, stage) => `(SELECT *, ${stage.join(", ")} FROM ${rows})`,
    `${selection.model.from} WHERE ${where}`,
  );

/** Whether queries of strictness `plain` and `exact` differ. */
export const hasPlainWays = (encoding: Encoding): boolean =>
  hasTwoWays(encoding.row.select) || hasTwoWays(encoding.stages.join());

/** Which rows a sample takes: about every n-th by its id's hash, from some time ranges or from all. */
export interface Sample {
  everyNth: number;
  /** In µs since the epoch, half-open. */
  times: readonly { fromUs: number; toUs: number }[];
}

/** The condition of a sample. Time ranges are compared directly, so that ClickHouse reads nothing else. */
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
  /** A further condition, beginning with AND. */
  only?: Sql;
  /** SQL to order by before the total order. */
  first?: string | undefined;
  limit?: number;
  /** Separates the rows. */
  between?: string;
  /** What makes the query fail. */
  strict?: Strictness | undefined;
}

/**
 * The query whose response is a file, byte for byte: rows in total order, in the format's layout. With a part, only
 * some of them: between bounds, a sample, or the first few.
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
    // An alias that equals another column's name must not shadow it in the rest of the query.
    settings: { ...encoding.settings, prefer_column_name_to_alias: 1 },
    codec: encoding.codec,
  };
}

/** Settings of ClickHouse's Template format. They are in the query text because they may exceed a proxy's URL limit. */
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

/** Decodes a hexadecimal name from bounds. */
export const hexText = (hex: string) => Buffer.from(hex, "hex").toString();
