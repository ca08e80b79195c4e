import { type Readable, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from } from "pg-copy-streams";

/**
 * The start of a binary COPY: signature, no flags, no extension. Source: PostgreSQL's documentation of COPY, "Binary
 * Format".
 */
const COPY_HEADER = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
/** A field count of -1 ends it. */
const COPY_TRAILER = Buffer.from([0xff, 0xff]);

/** The client's socket to the server, which its types omit. */
const socketOf = (client: Client): Writable =>
  (client as unknown as { connection: { stream: Writable } }).connection.stream;

/**
 * Frames rows for COPY with header and trailer. Copies no bytes, and sends each piece together with the prefix that
 * `pg-copy-streams` writes before it: two system calls per piece took a third of the worker's time.
 */
function framed(socket: Writable): Transform {
  const frame = new Transform({
    transform: (rows: Buffer, _, done) => {
      socket.cork();
      done(null, rows);
      process.nextTick(() => socket.uncork());
    },
    flush: (done) => done(null, COPY_TRAILER),
  });
  frame.push(COPY_HEADER);
  return frame;
}

/** Runs a binary COPY. Returns the number of rows that the server took. */
export async function copyRowsIn(client: Client, sql: string, rows: Readable, signal: AbortSignal): Promise<number> {
  const copy = client.query(from(sql));
  await pipeline(rows, framed(socketOf(client)), copy, { signal });
  return copy.rowCount;
}
