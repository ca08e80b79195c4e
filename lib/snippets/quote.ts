/** Quoting for the languages of snippets. Keys and prefixes can hold any character but control characters and `\`. */

const PLAIN = /^[\w@%+=:,./-]+$/;

/** A word as a POSIX shell takes it literally. */
export const shellWord = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** A string literal of standard SQL: DuckDB, PostgreSQL, and queries in Athena. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A string literal where a backslash escapes: BigQuery, and Athena's DDL, which is Hive's. */
export const escapedText = (text: string): string =>
  `'${text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")}'`;

/** A string literal of Snowflake, where both a doubled quote and a backslash escape. */
export const snowflakeText = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** A string literal of Python: JSON's escapes are a part of Python's. */
export const pythonText = (text: string): string => JSON.stringify(text);

/** A name of standard SQL. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A name of ClickHouse, Hive, Spark, and BigQuery. Names of columns hold no backtick. */
export const tickedName = (name: string): string => `\`${name}\``;
