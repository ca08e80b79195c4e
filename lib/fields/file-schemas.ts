/**
 * Generations of the files in a bucket: which columns, with which names and types. An export keeps its own until an
 * admin switches it (docs/decisions/0027).
 */
export type FileSchema = 1 | 2;

/** For new exports. */
export const NEWEST_FILE_SCHEMA: FileSchema = 2;
