import type { Client } from "pg";
import { ExportError } from "../../errors";
import type { WarehouseStep } from "../warehouse/verify";
import { type PostgresConnection, withPostgres } from "./client";
import { quote } from "./sql";

/** Other encodings lack characters that rows have; SQL_ASCII has none, so jsonb refuses all escapes beyond ASCII. */
const NEEDED = "UTF8";

export const encodingStep = (connection: PostgresConnection): WarehouseStep => ({
  name: "Encoding",
  needs: ["Connect"],
  run: () => withPostgres(connection, (client) => tryEncoding(client, connection.config.database)),
});

async function tryEncoding(client: Client, database: string): Promise<string> {
  const { rows } = await client.query<{ encoding: string }>("SELECT current_setting('server_encoding') AS encoding");
  const encoding = rows[0]?.encoding;
  if (encoding === NEEDED) return "The database's encoding is UTF8, which supports every character.";
  throw new ExportError({
    code: "wrong_encoding",
    message: `The database ${database} has the encoding ${encoding}, which doesn't support every character.`,
    fix: `Create a database with the encoding UTF8, for example with CREATE DATABASE ${quote(`${database}_utf8`)} ENCODING 'UTF8' TEMPLATE template0, and enter its name in the connection; then retry the run.`,
    retryable: false,
  });
}
