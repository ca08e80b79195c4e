/** Counts a file's rows from its bytes. */
export interface RowCounter {
  add(bytes: Uint8Array): void;
  /** Throws if the file is not whole. */
  end(): number;
}
