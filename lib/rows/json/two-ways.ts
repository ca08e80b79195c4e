const WHEN = "/*when*/";
const PLAIN = "/*plain*/";
const EXACT = "/*exact*/";
const NONE = "/*none ";
const END = "*/";
const MARKS = /(\/\*exact\*\/|\/\*none .*?\*\/)/;

/** A value that most rows have by a short expression, and every row by a long one. All four are SQL. */
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
 * SQL for a value that has two ways. ClickHouse takes up to a second of processor time to analyze the exact ways of a row, however few
 * rows there are; comments mark them for queries that do without.
 */
export const twoWays = ({ when, plain, exact, none }: Ways): string =>
  `if(${WHEN}${when}${PLAIN}, ${plain}, ${EXACT}${exact}${NONE}${none}${END})`;

/** The same SQL by plain ways alone: where one is not right, its value is empty. */
export const byPlainWays = (sql: string): string => withoutExact(sql).replaceAll(WHEN, "").replaceAll(PLAIN, "");

/** The same SQL by plain ways alone: where one is not right, the query fails. */
export const onlyByPlainWays = (sql: string): string =>
  withoutExact(sql).replaceAll(WHEN, "throwIf(NOT (").replaceAll(PLAIN, "), 'A value is not plain') = 0");

/** Whether SQL has values with two ways. */
export const hasTwoWays = (sql: string): boolean => sql.includes(EXACT);

/** An exact way may have others within it: all of them go. */
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
