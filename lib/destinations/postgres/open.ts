import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from } from "pg-copy-streams";
import { warehouseTable } from "../../warehouse/tables";
import type { Commit, Committed, OpenDestination, PutFile, RunTag, Stored } from "../types";
import { inTransaction, type PostgresConnection, withPostgres } from "./client";
import { commitTables } from "./commit";
import { COPY_HEADER, COPY_TRAILER } from "./copy-format";
import { postgresFailure } from "./errors";
import type { PostgresSettings } from "./schema";
import { copyInto, createStage } from "./sql";
import { commentOn, dropStages, stageName, stageNote } from "./stages";
import { ensureTarget, targetOf } from "./targets";

/** Rows as COPY wants them: with its header before and its trailer behind. Their bytes pass by uncopied. */
function framed(): Transform {
  const frame = new Transform({
    transform: (rows: Buffer, _, done) => done(null, rows),
    flush: (done) => done(null, COPY_TRAILER),
  });
  frame.push(COPY_HEADER);
  return frame;
}

class OpenPostgres implements OpenDestination {
  constructor(
    private readonly connection: PostgresConnection,
    private readonly settings: PostgresSettings,
    private readonly run: RunTag,
  ) {}

  async prepare(tables: string[]): Promise<void> {
    const { config } = this.connection;
    await this.#do(async (client) => {
      await dropStages(client, config, this.run, "others");
      for (const table of tables) {
        const target = targetOf(config, this.settings, table);
        await inTransaction(client, async () => {
          // Of runs that find it missing at once, one makes it.
          await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [target.name]);
          await ensureTarget(client, config, target);
        });
      }
    });
  }

  /** Each file has a table of its own until the commit: a try that broke off leaves nothing, the next one begins anew. */
  async putFile({ key, table, body }: PutFile, signal: AbortSignal): Promise<Stored> {
    const stage = stageName(this.connection.config, this.run, key);
    const warehouse = warehouseTable(table);
    return this.#do((client) =>
      inTransaction(client, async () => {
        await client.query(`DROP TABLE IF EXISTS ${stage}`);
        await client.query(createStage(stage, warehouse));
        await client.query(commentOn(stage, stageNote(this.run)));
        const copy = client.query(from(copyInto(stage, warehouse)));
        await pipeline(body, framed(), copy, { signal });
        return { etag: `${copy.rowCount} rows`, encryption: null };
      }),
    );
  }

  async commit(commit: Commit): Promise<Committed> {
    const place = { config: this.connection.config, settings: this.settings, run: this.run };
    return this.#do(async (client) => ({ kept: [], tables: await commitTables(client, place, commit) }));
  }

  async abort(): Promise<void> {
    await this.#do((client) => dropStages(client, this.connection.config, this.run, "own"));
  }

  async close(): Promise<void> {}

  async #do<T>(work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await withPostgres(this.connection, work);
    } catch (error) {
      throw postgresFailure(error, this.connection.config);
    }
  }
}

/** Opens a database for one run. Each step has a connection of its own: the worker may be another one by then. */
export const openPostgres = (
  connection: PostgresConnection,
  settings: PostgresSettings,
  run: RunTag,
): OpenDestination => new OpenPostgres(connection, settings, run);
