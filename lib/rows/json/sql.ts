/**
 * SQL computed only for rows where `when` holds; others get the type's empty value, NULL for a Nullable. ClickHouse may
 * compute both branches of an `if` for every row, but never a lambda over an empty array.
 */
export const onlyWhere = (when: string, sql: string, name: string, write: (name: string) => string): string =>
  `arrayElement(arrayMap(${name} -> ${write(name)}, if(${when}, [${sql}], [])), 1)`;

/**
 * SQL that computes expressions in sequence, beginning with an array's elements; each gets the previous result as `t`.
 * Steps are nested as arguments because ClickHouse's time to analyze a lambda doubles with each lambda around it.
 */
export const steps = (array: string, ...all: readonly string[]): string =>
  all.reduce((before, step) => `arrayMap(t -> ${step}, ${before})`, array);

/** `steps` for a single value. */
export const through = (sql: string, ...all: readonly string[]): string =>
  `arrayElement(${steps(`[${sql}]`, ...all)}, 1)`;

/** A byte order mark: ClickHouse's parser skips it, others reject it. */
export const hasMark = (sql: string): string => `startsWith(${sql}, '\\xEF\\xBB\\xBF')`;

/** A JSON number per RFC 8259. */
export const NUMBER = String.raw`-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?`;
