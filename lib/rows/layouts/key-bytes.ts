/** S3's limit for a whole key, in UTF-8 bytes. */
export const MOST_KEY_BYTES = 1024;

/** Length of a text in UTF-8 bytes. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
