const WHEN = "/*when*/";
const PLAIN = "/*plain*/";
const EXACT = "/*exact*/";
const NONE = "/*none ";
const END = "*/";
const MARKS = /(\/\*exact\*\/|\/\*none .*?\*\/)/;

/** A value with a short expression for most rows and a long one for all. All four are SQL. */
interface Ways {
  /** Where `plain` is right. */
  when: string;
  plain: string;
  /** Right for every row. */
  exact: string;
  /** An empty value of the same type. */
  none: string;
}

/**
 * SQL for a value with two expressions. ClickHouse takes up to a second of CPU time to analyze a row's exact ones,
 * however few rows there are; comments mark them for queries that do without.
 */
export const twoWays = ({ when, plain, exact, none }: Ways): string =>
  `if(${WHEN}${when}${PLAIN}, ${plain}, ${EXACT}${exact}${NONE}${none}${END})`;

/** Keeps only the plain expressions: where one is not right, its value is empty. */
export const byPlainWays = (sql: string): string => withoutExact(sql).replaceAll(WHEN, "").replaceAll(PLAIN, "");

/** Keeps only the plain expressions: where one is not right, the query fails. */
export const onlyByPlainWays = (sql: string): string =>
  withoutExact(sql).replaceAll(WHEN, "throwIf(NOT (").replaceAll(PLAIN, "), 'A value is not plain') = 0");

export const hasTwoWays = (sql: string): boolean => sql.includes(EXACT);

/** Exact expressions may be nested: all are removed. */
function withoutExact(sql: string): string {
  let depth = 0;
  let rest = "";
  for (const piece of sql.split(MARKS)) {
    if (piece === EXACT) depth++;
    else if (piece.startsWith(NONE)) {
      depth--;
      if (depth === 0) rest += piece.slice(NONE.length, -END.length);
    } else if (depth === 0) rest += piece;
  }
  return rest;
}
