import { readFile } from "node:fs/promises";
import type { Head } from "../core/chain/head";
import { count, object, type TypeOf } from "../core/shapes/shape";
import { hash, id, signature, time } from "../core/shapes/values";

const headShape = object({ exportId: id, sequence: count, sha256: hash, signedAt: time, signature });

/** A head from the command line, or from a file with the API's answer. Throws if it is neither. */
export async function readHead(given: string): Promise<Head> {
  const [, sequence, sha256] = /^(\d+):([0-9a-f]{64})$/.exec(given) ?? [];
  if (sequence && sha256) return { exportId: null, sequence: Number(sequence), sha256, statement: null };
  const parsed: unknown = JSON.parse(await readFile(given, "utf8"));
  const problem = headShape(parsed, "");
  if (problem) throw new Error(`${given}: ${problem}.`);
  const statement = parsed as TypeOf<typeof headShape>;
  return { exportId: statement.exportId, sequence: statement.sequence, sha256: statement.sha256, statement };
}
