import type { Commit, Committed, EndedRuns, OpenDestination, RunTag, TableStore } from "../types";
import type { PutFile, Stored } from "../upload-types";
import { bounded } from "../warehouse/bounded";
import { BigqueryClient, type BigqueryConnection } from "./client";
import { commitTables } from "./commit";
import { countRows } from "./count";
import { bigqueryFailure } from "./errors";
import { ensureCommits } from "./fence";
import { loadFile } from "./load";
import type { BigquerySettings } from "./schema";
import { dropLeft, dropOwn } from "./stages";
import { ensureTarget, targetOf } from "./targets";

class OpenBigquery implements OpenDestination {
  readonly objects = null;
  readonly tables: TableStore = {
    count: (table, range, signal) => {
      const target = targetOf(this.connection.config, this.settings, table);
      const counted = { target, exportId: this.run.exportId, range, team: this.run.sourceProjectId };
      return bounded(target.bare, signal, (until) => this.#do((client) => countRows(client, counted, until)));
    },
  };
  #client: BigqueryClient | null = null;

  constructor(
    private readonly connection: BigqueryConnection,
    private readonly settings: BigquerySettings,
    private readonly run: RunTag,
  ) {}

  async prepare(tables: string[], ended: EndedRuns): Promise<void> {
    const { config } = this.connection;
    await this.#do(async (client) => {
      await dropLeft(client, this.run, ended);
      await ensureCommits(client);
      for (const table of tables) await ensureTarget(client, this.settings, targetOf(config, this.settings, table));
    });
  }

  async putFile(file: PutFile, signal: AbortSignal): Promise<Stored> {
    return this.#do((client) => loadFile(client, this.run, file, signal));
  }

  async commit(commit: Commit): Promise<Committed> {
    return this.#do(async (client) => {
      const tables = await commitTables({ client, settings: this.settings, run: this.run }, commit);
      // Stages are no longer needed, and expire anyway.
      await dropOwn(client, this.run).catch(() => {});
      return { manifest: null, tables };
    });
  }

  async abort(): Promise<void> {
    await this.#do((client) => dropOwn(client, this.run));
  }

  async close(): Promise<void> {
    this.#client?.close();
  }

  async #do<T>(work: (client: BigqueryClient) => Promise<T>): Promise<T> {
    try {
      this.#client ??= new BigqueryClient(this.connection);
      return await work(this.#client);
    } catch (error) {
      throw bigqueryFailure(error, { ...this.connection.config, email: this.#client?.tokens.email });
    }
  }
}

/** Opens a dataset for one run. */
export const openBigquery = (
  connection: BigqueryConnection,
  settings: BigquerySettings,
  run: RunTag,
): OpenDestination => new OpenBigquery(connection, settings, run);
