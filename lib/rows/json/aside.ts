import { quote } from "@/lib/rows/quote";

const BACKSLASH = quote("\\\\");

/** SQL for a JSON text whose escaped backslashes wait as char(1), which no valid one has, so that no other text looks like an escape. */
export const backslashesAside = (sql: string): string => `replaceAll(${sql}, ${BACKSLASH}, char(1))`;

/** The same text with its escaped backslashes again. */
export const backslashesBack = (sql: string): string => `replaceAll(${sql}, char(1), ${BACKSLASH})`;
