import { HOUR } from "../../units";
import { MODEL_NAMES } from "../tables/registry";
import { dateOf, hourOf } from "./hours";
import { basicIso, type PrefixVariable } from "./prefix";

/** The patterns' preferred window start. */
const SAMPLE = new Date("2026-03-29T00:00:00Z");

/**
 * A string that two patterns match, with the window in its name moved to the date in its prefix: the walk finds the
 * sample's window even if the prefix has another year. Unchanged if the prefix has no valid date.
 */
export function datedLike(word: string, prefixes: readonly string[]): string {
  const found = prefixes.map((prefix) => prefixValues(prefix, word));
  const values: Partial<Record<string, string>> = Object.assign({}, ...found.map(({ values }) => values));
  const { year, month, day, hour, minute, second } = values;
  const iso = SAMPLE.toISOString();
  const date = `${year ?? iso.slice(0, 4)}-${month ?? iso.slice(5, 7)}-${day ?? iso.slice(8, 10)}`;
  const start = new Date(`${date}T${hour ?? "00"}:${minute ?? "00"}:${second ?? "00"}Z`);
  // The digits may be no date: February 30, or hour 42.
  if (Number.isNaN(start.getTime()) || dateOf(start) !== date) return word;
  const length = Math.max(...found.map(({ length }) => length));
  const name = partsOf(SAMPLE).reduce(
    (text, part, index) => text.replaceAll(part, partsOf(start)[index]!),
    word.slice(length),
  );
  return word.slice(0, length) + name;
}

/** How names write a window that begins at `start`, longest first. */
const partsOf = (start: Date): string[] => [
  `${basicIso(start)}-${basicIso(new Date(start.getTime() + HOUR))}`,
  `date=${dateOf(start)}/hour=${hourOf(start)}/`,
  `-${dateOf(start).replaceAll("-", "")}-`,
  dateOf(start),
];

const MOMENT = "\\d{8}T\\d{6}[.\\d]*Z";
/** What each variable looks like when rendered. */
const RENDERED: Record<PrefixVariable, string> = {
  year: "\\d{4}",
  month: "\\d\\d",
  day: "\\d\\d",
  hour: "\\d\\d",
  minute: "\\d\\d",
  second: "\\d\\d",
  table_name: MODEL_NAMES.join("|"),
  data_interval_start: MOMENT,
  data_interval_end: MOMENT,
};

/** The values of a rendered prefix at the beginning of a key, and its length; empty if the key has another prefix. */
function prefixValues(template: string, key: string) {
  const names: string[] = [];
  const sources = template.split(/\{([^{}]*)\}/).map((piece, index) => {
    if (index % 2 === 0) return piece.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    names.push(piece);
    return `(${RENDERED[piece as PrefixVariable]})`;
  });
  const match = new RegExp(`^${sources.join("")}`).exec(key);
  if (!match) return { values: {}, length: 0 };
  return { values: Object.fromEntries(names.map((name, index) => [name, match[index + 1]])), length: match[0].length };
}
