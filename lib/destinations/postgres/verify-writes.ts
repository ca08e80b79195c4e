import type { Client } from "pg";
import { ExportError } from "../../errors";
import { Mendable, type WarehouseStep } from "../warehouse/verify";
import { type PostgresConnection, withPostgres } from "./client";
import { quote } from "./sql";

/** Whether the server takes writes: a standby takes none, nor do sessions whose role or database is read-only. */
export const writesStep = (connection: PostgresConnection): WarehouseStep => ({
  name: "Writes",
  needs: ["Connect"],
  run: () => withPostgres(connection, (client) => tryWrites(client, connection)),
});

async function tryWrites(client: Client, { config }: PostgresConnection): Promise<string> {
  const { rows } = await client.query<{ standby: boolean; readOnly: string }>(
    `SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') AS "readOnly"`,
  );
  const { standby, readOnly } = rows[0] ?? {};
  if (standby) throw readReplica(config.host);
  if (readOnly === "on") throw readOnlySessions(config.username);
  return "The server accepts writes and isn't a read replica.";
}

const readReplica = (host: string) =>
  new ExportError({
    code: "read_replica",
    message: `${host} is a read replica (a standby), which doesn't accept writes.`,
    fix: "Enter the address of the primary server in the connection (many services call it the writer or the read-write endpoint); then retry the run.",
    retryable: false,
  });

function readOnlySessions(username: string): Mendable {
  const statement = `ALTER ROLE ${quote(username)} SET default_transaction_read_only = off;`;
  return new Mendable(
    {
      code: "read_only",
      message: `Sessions of the user ${username} are read-only: default_transaction_read_only is on.`,
      fix: "Run the statement. If the service has set this because the disk is full, free disk space first; then retry the run.",
      retryable: false,
    },
    statement,
  );
}
