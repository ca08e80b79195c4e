/**
 * SQL for the rows where `when` holds, and nothing computed for the others: their value is the type's empty one, NULL for a Nullable.
 * ClickHouse may compute both branches of an `if` for every row; a lambda over an empty array it never computes.
 */
export const onlyWhere = (when: string, sql: string, name: string, write: (name: string) => string): string =>
  `arrayElement(arrayMap(${name} -> ${write(name)}, if(${when}, [${sql}], [])), 1)`;

/**
 * SQL that computes expressions one after the other, each with the name `t` for what the one before it gave, beginning with an array's
 * elements. Steps follow each other as arguments do, because ClickHouse's time to analyze a lambda doubles with each lambda around it.
 */
export const steps = (array: string, ...all: readonly string[]): string =>
  all.reduce((before, step) => `arrayMap(t -> ${step}, ${before})`, array);

/** The same for one value. */
export const through = (sql: string, ...all: readonly string[]): string =>
  `arrayElement(${steps(`[${sql}]`, ...all)}, 1)`;

/** A byte order mark: ClickHouse's parser skips one, other parsers refuse it. */
export const hasMark = (sql: string): string => `startsWith(${sql}, '\\xEF\\xBB\\xBF')`;

/** A JSON number, as RFC 8259 has it. */
export const NUMBER = String.raw`-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?`;
