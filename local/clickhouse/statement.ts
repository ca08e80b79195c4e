import { EngineError } from "./errors";
import { type Token, tokens } from "./lexer";

/** A SELECT whose rows can be streamed: its text without the FORMAT clause, and the format that clause named. */
export type Select = { kind: "select"; sql: string; format?: string };
/** An INSERT that takes rows: `head` ends before VALUES or FORMAT, the rows begin at character `dataStart`. */
export type InsertRows = { kind: "insert-rows"; head: string; format: string; dataStart: number };
/** A statement to hand to the engine as it is; only one that `reads` has a result. */
export type Plain = { kind: "plain"; sql: string; reads: boolean; format?: string };
export type Statement = Select | InsertRows | Plain;

const READING = new Set(["SELECT", "WITH", "FROM", "SHOW", "DESCRIBE", "DESC", "EXISTS", "EXPLAIN", "CHECK", "KILL"]);

/**
 * Words that bar a SELECT from being streamed out of an INSERT. Totals travel beside the rows and would be lost. With
 * UTF-8 validation of JSON the engine (26.7) writes the last buffer twice into `url()`: rows would be doubled.
 */
export const UNSTREAMABLE = new Set(["totals", "output_format_json_validate_utf8"]);

/**
 * Sorts a statement by how the front has to run it.
 * @throws EngineError SYNTAX_ERROR when the text holds no statement or several.
 */
export function parseStatement(sql: string): Statement {
  const found: Token[] = [];
  for (const token of tokens(sql)) {
    if (token.depth === 0 && isWord(found[0], "INSERT")) {
      const insert = insertRows(sql, found, token);
      if (insert) return insert;
    }
    found.push(token);
  }
  const end = found.findIndex((token) => token.kind === "symbol" && token.text === ";");
  if (end >= 0 && found.slice(end).some((token) => token.text !== ";")) {
    throw new EngineError(62, "SYNTAX_ERROR", "Syntax error (Multi-statements are not allowed)");
  }
  const list = end < 0 ? found : found.slice(0, end);
  if (list.length === 0) throw new EngineError(62, "SYNTAX_ERROR", "Syntax error: Empty query");
  return select(sql.slice(0, list.at(-1)!.end), list);
}

function insertRows(sql: string, before: Token[], token: Token): InsertRows | undefined {
  const previous = before.at(-1)!;
  const head = (end: Token) => sql.slice(0, end.start);
  if (isWord(token, "VALUES") && !isWord(previous, "FORMAT")) {
    return { kind: "insert-rows", head: head(token), format: "Values", dataStart: token.end };
  }
  const reads = before.some((each) => each.depth === 0 && ["SELECT", "WITH", "INFILE"].some((w) => isWord(each, w)));
  if (isWord(previous, "FORMAT") && token.kind === "word" && !reads) {
    return { kind: "insert-rows", head: head(previous), format: token.text, dataStart: token.end };
  }
  return undefined;
}

function select(sql: string, list: Token[]): Select | Plain {
  const top = list.filter((token) => token.depth === 0);
  const clause = formatClause(top);
  const format = clause?.name.text;
  const first = list.find((token) => token.text !== "(");
  const writes = isWord(top[0], "WITH") && top.some((token) => isWord(token, "INSERT"));
  const streams = (isWord(first, "SELECT") || isWord(first, "WITH")) && !writes;
  const unstreamable = list.some((token) => UNSTREAMABLE.has(token.text.toLowerCase()));
  if (!streams || unstreamable) {
    return { kind: "plain", sql, format, reads: !writes && READING.has(first?.text.toUpperCase() ?? "") };
  }
  if (!clause) return { kind: "select", sql };
  return { kind: "select", sql: `${sql.slice(0, clause.start)} ${sql.slice(clause.name.end)}`, format };
}

/** `FORMAT name`, at the end or before SETTINGS. */
function formatClause(top: Token[]): { start: number; name: Token } | undefined {
  for (let i = top.length - 2; i >= 0; i--) {
    const name = top[i + 1]!;
    const next = top[i + 2];
    const closes = next === undefined || isWord(next, "SETTINGS");
    if (isWord(top[i], "FORMAT") && name.kind === "word" && closes && !isWord(name, "SETTINGS")) {
      return { start: top[i]!.start, name };
    }
  }
  return undefined;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toUpperCase() === word;
}
