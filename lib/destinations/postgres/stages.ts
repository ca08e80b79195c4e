import type { Client } from "pg";
import type { EndedRuns, RunTag } from "../types";
import { leftBy, runIdOf } from "../warehouse/stage-owner";
import type { PostgresConfig } from "./schema";
import { quote } from "./sql";

const bare = (runId: string) => `_penstock_${runId.replaceAll("-", "")}`;

/** The exact names that runs use: other tables with this prefix are not Penstock's to remove. */
const STAGE = /^_penstock_([0-9a-f]{32})_[a-z_]+_\d+$/;

/** The run id in a stage's name; null for any other name. */
export function runOfStage(name: string): string | null {
  const plain = STAGE.exec(name)?.[1];
  return plain === undefined ? null : runIdOf(plain);
}

/** The table that holds a file's rows until the commit, named by the file's key `<run>/<table>-<index>.copy`. */
export function stageName({ schema }: PostgresConfig, { id }: RunTag, key: string): string {
  const part = key
    .replace(/^.*\//, "")
    .replace(/\.\w+$/, "")
    .replaceAll("-", "_");
  return `${quote(schema)}.${quote(`${bare(id)}_${part}`)}`;
}

/** Stages that the user may drop: other users remove their own. */
async function stagesIn(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relpersistence = 'u' AND c.relname ~ $2
     AND pg_has_role(c.relowner, 'USAGE')`,
    [schema, STAGE.source],
  );
  return rows.map(({ name }) => name);
}

async function drop(client: Client, schema: string, names: readonly string[]): Promise<void> {
  for (const name of names) await client.query(`DROP TABLE IF EXISTS ${quote(schema)}.${quote(name)}`);
}

/** Removes the run's own stages. */
export async function dropOwn(client: Client, { schema }: PostgresConfig, run: RunTag): Promise<void> {
  const found = await stagesIn(client, schema);
  await drop(
    client,
    schema,
    found.filter((name) => runOfStage(name) === run.id),
  );
}

/** Removes stages of other runs that are known to have ended. */
export async function dropLeft(client: Client, { schema }: PostgresConfig, run: RunTag, ended: EndedRuns) {
  await drop(client, schema, await leftBy(await stagesIn(client, schema), runOfStage, run.id, ended));
}
