import { iso, like, literal, type Pattern } from "./pattern";

/** Variables of a key prefix, written `{name}`. The names are PostHog's. */
export const PREFIX_VARIABLES = [
  "year",
  "month",
  "day",
  "hour",
  "minute",
  "second",
  "table_name",
  "data_interval_start",
  "data_interval_end",
] as const;

export type PrefixVariable = (typeof PREFIX_VARIABLES)[number];

const known = new Set<string>(PREFIX_VARIABLES);

/** The problem with a prefix template; null if none. */
export function prefixProblem(template: string): string | null {
  for (const [, name = ""] of template.matchAll(/\{([^{}]*)\}/g)) {
    if (!known.has(name))
      return `Unknown variable {${name}}. Use one of: ${PREFIX_VARIABLES.map((v) => `{${v}}`).join(", ")}.`;
  }
  const literal = template.replaceAll(/\{[^{}]*\}/g, "x");
  // In UTF-8, all lone surrogates become the same replacement character.
  if (!literal.isWellFormed()) return "Must not contain half of a character (a lone surrogate).";
  if (/[{}]/.test(literal)) return "Contains a curly bracket without its partner.";
  if (literal.startsWith("/")) return "Must not start with /.";
  if (literal.includes("//")) return "Must not contain //.";
  if (literal.split("/").some((part) => part === "." || part === "..")) return "Must not contain . or .. as a folder.";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
  if (/[\x00-\x1f\x7f\\]/.test(literal)) return "Must not contain control characters or backslashes.";
  return null;
}

/** Basic ISO 8601 in UTC, as used in keys: `20260329T000000Z`, with milliseconds if nonzero: `20260329T000000.100Z`. */
export function basicIso(time: Date): string {
  return time.toISOString().replaceAll(/[-:]|\.000/g, "");
}

/** Renders a prefix template from the window's bounds, in UTC. The template must have passed `prefixProblem`. */
export function renderPrefix(template: string, window: { start: Date; end: Date }, tableName: string): string {
  const iso = window.start.toISOString();
  const values: Record<PrefixVariable, string> = {
    year: iso.slice(0, 4),
    month: iso.slice(5, 7),
    day: iso.slice(8, 10),
    hour: iso.slice(11, 13),
    minute: iso.slice(14, 16),
    second: iso.slice(17, 19),
    table_name: tableName,
    data_interval_start: basicIso(window.start),
    data_interval_end: basicIso(window.end),
  };
  return template.replaceAll(/\{([^{}]*)\}/g, (_, name: PrefixVariable) => values[name]);
}

/** What the variables may render to, except the table name. */
const SHAPES: Record<Exclude<PrefixVariable, "table_name">, Pattern> = {
  year: like("2026"),
  month: like("03"),
  day: like("29"),
  hour: like("00"),
  minute: like("00"),
  second: like("00"),
  data_interval_start: iso("00"),
  data_interval_end: iso("01"),
};

/** Matches any result of `renderPrefix`. */
export function prefixPattern(template: string, tableName: string): Pattern {
  const shapeOf = (name: PrefixVariable) => (name === "table_name" ? literal(tableName) : SHAPES[name]);
  // Every second piece is a variable.
  const pieces = template.split(/\{([^{}]*)\}/);
  return pieces.flatMap((piece, index) => (index % 2 === 0 ? literal(piece) : shapeOf(piece as PrefixVariable)));
}

/** Names of the template's `name=value` folders, lowercase: readers turn them into columns. */
export const prefixColumns = (template: string): string[] =>
  template
    .split("/")
    .slice(0, -1)
    .flatMap((folder) => /^([^=]+)=/.exec(folder)?.[1]?.toLowerCase() ?? []);

/** The text before the first variable, which begins every key. */
export const prefixLead = (template: string): string => template.split("{", 1)[0]!;
