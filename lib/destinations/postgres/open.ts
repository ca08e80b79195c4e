import type { Client } from "pg";
import type { Commit, Committed, EndedRuns, OpenDestination, RunTag, TableStore } from "../types";
import type { PutFile, Stored } from "../upload-types";
import { bounded } from "../warehouse/bounded";
import { type PostgresConnection, withPostgres } from "./client";
import { commitTables } from "./commit";
import { countRows } from "./count";
import { ensureIndexes } from "./ensure-indexes";
import { postgresFailure } from "./errors";
import { ensureCommits } from "./fence";
import type { PostgresSettings } from "./schema";
import { stageFile } from "./stage-file";
import { dropLeft, dropOwn, stageName } from "./stages";
import { ensureTarget, targetOf } from "./targets";

class OpenPostgres implements OpenDestination {
  readonly objects = null;
  readonly tables: TableStore = {
    count: (table, range, signal) => {
      const target = targetOf(this.connection.config, this.settings, table);
      const counted = { target, exportId: this.run.exportId, range };
      return bounded(target.bare, signal, (until) => this.#explained(countRows(this.connection, counted, until)));
    },
  };
  constructor(
    private readonly connection: PostgresConnection,
    private readonly settings: PostgresSettings,
    private readonly run: RunTag,
  ) {}

  async prepare(tables: string[], ended: EndedRuns): Promise<void> {
    const { config } = this.connection;
    const targets = tables.map((table) => targetOf(config, this.settings, table));
    await this.#do(async (client) => {
      await dropLeft(client, config, this.run, ended);
      await ensureCommits(client, config);
      for (const target of targets) await ensureTarget(client, target, this.settings);
    });
    for (const target of targets) await this.#do((client) => ensureIndexes(client, config.schema, target));
  }

  /** Each file has its own table until the commit: a retry starts over. */
  async putFile({ key, ...file }: PutFile, signal: AbortSignal): Promise<Stored> {
    const staged = { stage: stageName(this.connection.config, this.run, key), run: this.run };
    const taken = await this.#do((client) => stageFile(client, staged, file, signal));
    return { etag: `${taken} rows`, encryption: null };
  }

  async commit(commit: Commit): Promise<Committed> {
    const place = { config: this.connection.config, settings: this.settings, run: this.run };
    return this.#do(async (client) => ({ manifest: null, tables: await commitTables(client, place, commit) }));
  }

  async abort(): Promise<void> {
    await this.#do((client) => dropOwn(client, this.connection.config, this.run));
  }

  async close(): Promise<void> {}

  #do<T>(work: (client: Client) => Promise<T>): Promise<T> {
    return this.#explained(withPostgres(this.connection, work));
  }

  async #explained<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw postgresFailure(error, this.connection.config);
    }
  }
}

/** Opens a database for one run. Each step has its own connection: it may run on another worker. */
export const openPostgres = (
  connection: PostgresConnection,
  settings: PostgresSettings,
  run: RunTag,
): OpenDestination => new OpenPostgres(connection, settings, run);
