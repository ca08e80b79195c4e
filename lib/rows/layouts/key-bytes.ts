/** S3's limit on a whole key, in bytes of UTF-8. */
export const MOST_KEY_BYTES = 1024;

/** How many bytes a text takes in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
