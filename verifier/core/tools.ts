import type { Codec } from "./rows/how";

/** An object by its name in the checked place: its path below the folder, or what follows the prefix. */
export interface Listed {
  name: string;
  size: number;
}

/** Where the objects are: a folder, a bucket, or files that were dropped into a page. */
export interface Place {
  /** For messages. */
  label: string;
  list(): AsyncIterable<Listed>;
  /** A chunk may be used until the next one is asked for. */
  read(name: string): AsyncIterable<Uint8Array>;
}

export interface Hasher {
  add(bytes: Uint8Array): void;
  hex(): string;
}

/** Decompresses a stream. `end` rejects if the stream was cut off, or if more followed its end. */
export interface Decoder {
  add(bytes: Uint8Array): Promise<void> | void;
  end(): Promise<void> | void;
}

/** What the platform does for the core, which runs in Node and in browsers. */
export interface Tools {
  sha256(): Hasher;
  /** Ed25519 by RFC 8032. */
  verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  decoder(codec: Exclude<Codec, "none">, onBytes: (bytes: Uint8Array) => void): Decoder;
}
