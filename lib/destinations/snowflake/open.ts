import { guardedAgents } from "../../net/agents";
import type { Commit, Committed, EndedRuns, OpenDestination, RunTag, TableStore } from "../types";
import type { PutFile, Stored } from "../upload-types";
import { bounded } from "../warehouse/bounded";
import { accountUrl } from "./address";
import { type Session, type SnowflakeConnection, withSnowflake } from "./client";
import { commitTables } from "./commit";
import { countRows } from "./count";
import { snowflakeFailure } from "./errors";
import { ensureCommits } from "./fence";
import type { SnowflakeSettings } from "./schema";
import { CREATE_STAGE, fileName, removeLeft, removeOwn, runPath } from "./stage";
import { ensureTarget, targetOf } from "./targets";
import { upload } from "./upload";
import { uploadTargetOf } from "./upload-target";

class OpenSnowflake implements OpenDestination {
  readonly objects = null;
  readonly tables: TableStore = {
    count: (table, range, signal) => {
      const { config } = this.connection;
      const counted = { target: targetOf(config, this.settings, table), exportId: this.run.exportId, range };
      return bounded(counted.target.bare, signal, (until) => this.#do((session) => countRows(session, counted, until)));
    },
  };
  constructor(
    private readonly connection: SnowflakeConnection,
    private readonly settings: SnowflakeSettings,
    private readonly run: RunTag,
  ) {}

  async prepare(tables: string[], ended: EndedRuns): Promise<void> {
    const { config } = this.connection;
    await this.#do(async (session) => {
      await session.query(CREATE_STAGE);
      await removeLeft(session, this.run, ended);
      await ensureCommits(session, config);
      for (const table of tables) await ensureTarget(session, config, targetOf(config, this.settings, table));
    });
  }

  /** Streams to the stage without a file on disk: storages show nothing of an interrupted upload. */
  async putFile({ key, body }: PutFile, signal: AbortSignal): Promise<Stored> {
    const { config, organizationId } = this.connection;
    const agents = guardedAgents({ keepAlive: true }, { purpose: "snowflake", organizationId });
    try {
      return await this.#do(async (session) => {
        const place = await uploadTargetOf({ config, session, agents, signal }, runPath(this.run), fileName(key));
        const etag = await upload({ place, body, agents, signal, plain: accountUrl(config).startsWith("http:") });
        return { etag, encryption: null };
      });
    } finally {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    }
  }

  async commit(commit: Commit): Promise<Committed> {
    const place = { config: this.connection.config, settings: this.settings, run: this.run };
    return this.#do((session) => commitTables(session, place, commit));
  }

  async abort(): Promise<void> {
    await this.#do((session) => removeOwn(session, this.run));
  }

  async close(): Promise<void> {}

  async #do<T>(work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await withSnowflake(this.connection, work);
    } catch (error) {
      throw snowflakeFailure(error, this.connection.config);
    }
  }
}

/** Opens an account for one run. Each step has its own session: it may run on another worker. */
export const openSnowflake = (
  connection: SnowflakeConnection,
  settings: SnowflakeSettings,
  run: RunTag,
): OpenDestination => new OpenSnowflake(connection, settings, run);
