/** Escapes LIKE's special characters. */
const literal = (text: string) => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** A LIKE pattern that matches a prefix. */
export const beginsWith = (text: string) => `${literal(text)}%`;

/** A LIKE pattern that matches a substring. */
export const contains = (text: string) => `%${literal(text)}%`;
