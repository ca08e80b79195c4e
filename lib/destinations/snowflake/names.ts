/** The name in a connection of an object that has lowercase letters: in double quotes, as in SQL. */
export const QUOTED = /^"([^"\p{Cc}]+)"$/u;

/** A name as Snowflake stores it: in upper case, unless it is in quotes. */
export const stored = (name: string): string => QUOTED.exec(name)?.[1] ?? name.toUpperCase();

/** A stored name, in quotes. */
export const exactly = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * A name in upper case, as Snowflake stores unquoted names, so that users find columns and tables in any spelling.
 * Quoted all the same, because SET is a keyword.
 */
export const quote = (name: string): string => exactly(stored(name));
