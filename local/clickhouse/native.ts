import { createRequire } from "node:module";

/** One connection to the engine in this process: its own settings, parameters and current database. */
export type Connection = { readonly __connection: unique symbol };

export type ReadResult = { bytes: Uint8Array; elapsed: number; rowsRead: number; bytesRead: number };
export type WriteResult = { elapsed: number; rowsWritten: number; bytesWritten: number };

type Binding = {
  CreateConnection(path: string, args: readonly string[]): Connection;
  CloseConnection(connection: Connection): void;
  QueryAsyncConnection(connection: Connection, sql: string, format: string): Promise<ReadResult>;
  InsertRawAsyncConnection(
    connection: Connection,
    sql: string,
    data: Uint8Array,
    countLines: boolean,
  ): Promise<WriteResult>;
};

/**
 * The engine's own binding, below chdb's `Session`. `Session.close()` waits for every query in the process to end, so
 * a connection per query would pile up behind one long export; the binding closes an idle connection at once and
 * still refuses to close a busy one.
 */
export function loadBinding(): Binding {
  const chdb = createRequire(import.meta.url).resolve("chdb");
  return createRequire(chdb)("./dist/loader.js").loadNative() as Binding;
}
