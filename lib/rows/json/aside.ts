import { quote } from "@/lib/rows/quote";

const BACKSLASH = quote("\\\\");

/**
 * SQL that replaces escaped backslashes in JSON text by char(1), which valid JSON never contains, so that every
 * remaining backslash begins an escape.
 */
export const backslashesAside = (sql: string): string => `replaceAll(${sql}, ${BACKSLASH}, char(1))`;

/** Restores the escaped backslashes. */
export const backslashesBack = (sql: string): string => `replaceAll(${sql}, char(1), ${BACKSLASH})`;
