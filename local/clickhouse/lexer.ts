/** A token of ClickHouse SQL; `depth` is how many brackets are open around it. */
export type Token = { kind: "word" | "quoted" | "symbol"; text: string; start: number; end: number; depth: number };

const SKIP = /(?:\s|--[^\n]*|#[ !][^\n]*|\/\*[\s\S]*?\*\/)+/y;
const TOKEN =
  /(?<word>[\p{L}\p{N}_]+)|(?<quoted>'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`\\]|\\[\s\S]|``)*`|\$(\w*)\$[\s\S]*?\$\3\$)|(?<symbol>[\s\S])/uy;

/**
 * Reads SQL token by token, past strings, quoted names and comments. Lazy: whoever stops at an INSERT's data never
 * pays for the data.
 */
export function* tokens(sql: string): Generator<Token> {
  let at = 0;
  let depth = 0;
  while (at < sql.length) {
    SKIP.lastIndex = at;
    if (SKIP.test(sql)) at = SKIP.lastIndex;
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(sql);
    if (!match) return;
    const text = match[0];
    const kind = match.groups?.word ? "word" : match.groups?.quoted ? "quoted" : "symbol";
    if (kind === "symbol" && ")]}".includes(text)) depth--;
    yield { kind, text, start: at, end: TOKEN.lastIndex, depth };
    if (kind === "symbol" && "([{".includes(text)) depth++;
    at = TOKEN.lastIndex;
  }
}
