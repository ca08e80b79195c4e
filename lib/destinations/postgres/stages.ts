import type { Client } from "pg";
import type { RunTag } from "../types";
import type { PostgresConfig } from "./schema";
import { quote } from "./sql";

/** Leftovers of this age, in days, belong to nobody any more. */
const EXPIRY_DAYS = 2;
const PREFIX = "_penstock_";

const bare = (runId: string) => `${PREFIX}${runId.replaceAll("-", "")}`;

/** The name of the table that holds a file's rows until they are committed, from the file's key `<run>/<table>-<index>.copy`. */
export function stageName({ schema }: PostgresConfig, { id }: RunTag, key: string): string {
  const part = key
    .replace(/^.*\//, "")
    .replace(/\.\w+$/, "")
    .replaceAll("-", "_");
  return `${quote(schema)}.${quote(`${bare(id)}_${part}`)}`;
}

/** What a stage says of itself, so that the next run of its window can put it away. */
export const stageNote = ({ exportId, window }: RunTag): string =>
  JSON.stringify({
    exportId,
    start: window.start.toISOString(),
    at: new Date().toISOString(),
  });

export const commentOn = (stage: string, note: string): string =>
  `COMMENT ON TABLE ${stage} IS '${note.replaceAll("'", "''")}'`;

interface Found {
  name: string;
  note: string | null;
}

async function stagesIn(client: Client, schema: string): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `SELECT c.relname AS name, obj_description(c.oid, 'pg_class') AS note FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r' AND starts_with(c.relname, $2)`,
    [schema, PREFIX],
  );
  return rows;
}

/** Puts away the stages of a run itself, or what other runs have left: of the same window, or old. */
export async function dropStages(client: Client, { schema }: PostgresConfig, run: RunTag, whose: "own" | "others") {
  const expired = Date.now() - EXPIRY_DAYS * 86_400_000;
  const mine = bare(run.id);
  for (const { name, note } of await stagesIn(client, schema)) {
    const isMine = name.startsWith(mine);
    const isLeft = !isMine && isLeftover(note, run, expired);
    if (whose === "own" ? isMine : isLeft) await client.query(`DROP TABLE IF EXISTS ${quote(schema)}.${quote(name)}`);
  }
}

/** Only one run at a time is on a window, so another's stage of it is nobody's. What says nothing of itself is left alone. */
function isLeftover(note: string | null, { exportId, window }: RunTag, expired: number): boolean {
  try {
    const { exportId: other, start, at } = JSON.parse(note ?? "") as Record<string, string>;
    return (other === exportId && start === window.start.toISOString()) || Date.parse(at ?? "") < expired;
  } catch {
    return false;
  }
}
