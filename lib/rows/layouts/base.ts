import { BOUNDS, literal, ORDINAL_AND_REVISION, type Pattern } from "./pattern";
import { basicIso, prefixPattern, renderPrefix } from "./prefix";
import type { FileSpec, KeyContext, KeyFacts, Trace } from "./types";

export const folder = ({ prefix, window, tableName }: KeyContext): string => renderPrefix(prefix, window, tableName);

/** `20260329T000000Z-20260329T010000Z`: unique per window. */
export const bounds = ({ window }: KeyContext): string => `${basicIso(window.start)}-${basicIso(window.end)}`;

/** `-0`, `-1`, and so on if there are several files. */
const ordinal = ({ index, total }: FileSpec): string => (total > 1 ? `-${index}` : "");

/** `-r2`, `-r3`, and so on for a rewritten window. Data files only: the manifest's name never changes. */
const revised = ({ revision }: Pick<KeyContext, "revision">): string => (revision > 1 ? `-r${revision}` : "");

/** A file name that carries the window's bounds. */
export const boundsName = (context: KeyContext, part: FileSpec): string =>
  `${bounds(context)}${ordinal(part)}${revised(context)}.${context.extension}`;

/** The start of the window whose bounds are in a file's name; null if there are none. A prefix may have others before. */
export function boundsIn(key: string): Trace | null {
  const [, date = "", time = "", fraction = ""] =
    /.*(\d{8})T(\d{6})((?:\.\d+)?)Z-\d{8}T\d{6}(?:\.\d+)?Z[^/]*$/.exec(key) ?? [];
  const day = date.replace(/(\d{4})(\d\d)(\d\d)/, "$1-$2-$3");
  return momentOf(`${day}T${time.replace(/(\d\d)(\d\d)(\d\d)/, "$1:$2:$3")}${fraction}Z`);
}

/** A time from a key; null if its digits are none. */
export function momentOf(iso: string): Trace | null {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? null : { at };
}

/** The same file's key in another revision. */
export function renamed(key: string, extension: string, from: number, to: number): string {
  const end = `${revised({ revision: from })}.${extension}`;
  return `${key.slice(0, key.length - end.length)}${revised({ revision: to })}.${extension}`;
}

/** Match any window's `folder` and `boundsName`. */
export const folderPattern = ({ prefix, tableName }: KeyFacts): Pattern => prefixPattern(prefix, tableName);

export const boundsNamePattern = ({ extension }: KeyFacts): Pattern => [
  ...BOUNDS,
  ...ORDINAL_AND_REVISION,
  ...literal(`.${extension}`),
];
