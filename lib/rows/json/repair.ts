import { quote } from "@/lib/rows/quote";
import { utf8 } from "../text";
import { backslashesAside, backslashesBack } from "./aside";

/** Marks a surrogate of a pair: a byte that no JSON document contains unescaped. */
const PAIR = "\u0002";

/** SQL that is true for text with bytes that `withoutLoneSurrogates` and `marked` reserve. */
export const hasAside = (sql: string): string => `(position(${sql}, char(1)) > 0 OR position(${sql}, char(2)) > 0)`;

const HIGH = "[dD][89abAB][0-9a-fA-F]{2}";
const LOW = "[dD][c-fC-F][0-9a-fA-F]{2}";
const ANY = "[dD][89a-fA-F][0-9a-fA-F]{2}";
const ESCAPE = "\\\\u";

/** JSON text with escapes of U+FFFD for those of lone surrogates, which aren't characters. Pairs stay unchanged. */
function withoutLoneSurrogates(sql: string): string {
  const pairs = `replaceRegexpAll(${backslashesAside(sql)}, ${quote(`${ESCAPE}(${HIGH})${ESCAPE}(${LOW})`)}, ${quote(`${PAIR}\\1${PAIR}\\2`)})`;
  const lone = `replaceRegexpAll(${pairs}, ${quote(ESCAPE + ANY)}, ${quote("\\\\ufffd")})`;
  return backslashesBack(`replaceAll(${lone}, char(2), ${quote("\\u")})`);
}

/**
 * A document with U+FFFD for everything that isn't a character: runs of invalid UTF-8, and lone surrogates. Documents
 * that can't be valid keep their surrogates.
 */
export const repaired = (sql: string): string =>
  `if(${hasAside(sql)}, ${utf8(sql)}, ${withoutLoneSurrogates(utf8(sql))})`;
