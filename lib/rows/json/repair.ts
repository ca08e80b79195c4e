import { quote } from "@/lib/rows/quote";
import { utf8 } from "../text";
import { backslashesAside, backslashesBack } from "./aside";

/** What a surrogate of a pair waits behind: a byte that no JSON document holds unescaped. */
const PAIR = "\u0002";

/** SQL that is true for text with the bytes that `withoutLoneSurrogates` and `marked` need for themselves. */
export const hasAside = (sql: string): string => `(position(${sql}, char(1)) > 0 OR position(${sql}, char(2)) > 0)`;

const HIGH = "[dD][89abAB][0-9a-fA-F]{2}";
const LOW = "[dD][c-fC-F][0-9a-fA-F]{2}";
const ANY = "[dD][89a-fA-F][0-9a-fA-F]{2}";
const ESCAPE = "\\\\u";

/** JSON text whose escapes of lone surrogates, which stand for no character, are escapes of U+FFFD. Pairs stay as they are. */
function withoutLoneSurrogates(sql: string): string {
  const pairs = `replaceRegexpAll(${backslashesAside(sql)}, ${quote(`${ESCAPE}(${HIGH})${ESCAPE}(${LOW})`)}, ${quote(`${PAIR}\\1${PAIR}\\2`)})`;
  const lone = `replaceRegexpAll(${pairs}, ${quote(ESCAPE + ANY)}, ${quote("\\\\ufffd")})`;
  return backslashesBack(`replaceAll(${lone}, char(2), ${quote("\\u")})`);
}

/**
 * A document with what is no character replaced by U+FFFD: a run of bytes that are not UTF-8, and lone surrogates. One that cannot be
 * valid is not looked into.
 */
export const repaired = (sql: string): string =>
  `if(${hasAside(sql)}, ${utf8(sql)}, ${withoutLoneSurrogates(utf8(sql))})`;
