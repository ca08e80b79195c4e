/** What LIKE takes for a text that stands for itself: its own signs are escaped. */
const literal = (text: string) => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

/** A pattern for LIKE that finds the text at the beginning. */
export const beginsWith = (text: string) => `${literal(text)}%`;

/** A pattern for LIKE that finds the text anywhere. */
export const contains = (text: string) => `%${literal(text)}%`;
