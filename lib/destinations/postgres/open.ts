import type { Client } from "pg";
import { warehouseTable } from "../../warehouse/tables";
import type { Commit, Committed, OpenDestination, PutFile, RunTag, Stored } from "../types";
import { inTransaction, type PostgresConnection, withPostgres } from "./client";
import { commitTables } from "./commit";
import { copyRowsIn } from "./copy";
import { postgresFailure } from "./errors";
import type { PostgresSettings } from "./schema";
import { copyInto, createStage } from "./sql";
import { commentOn, dropStages, stageName, stageNote } from "./stages";
import { ensureTarget, targetOf } from "./targets";

class OpenPostgres implements OpenDestination {
  readonly objects = null;
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
        const taken = await copyRowsIn(client, copyInto(stage, warehouse), body, signal);
        return { etag: `${taken} rows`, encryption: null };
      }),
    );
  }

  async commit(commit: Commit): Promise<Committed> {
    const place = { config: this.connection.config, settings: this.settings, run: this.run };
    return this.#do(async (client) => ({ manifest: null, tables: await commitTables(client, place, commit) }));
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
