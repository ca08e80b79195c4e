import { EngineError } from "./errors";
import { loadBinding, type ReadResult, type WriteResult } from "./native";
import { quote, quoteName } from "./quote";

/** What a statement runs with, besides its text. Values are the text the client sent. */
export type StatementContext = {
  /** Marks the statement in `system.processes`, so that it can be killed. */
  tag: string;
  database?: string;
  settings: Record<string, string>;
  params: Record<string, string>;
};

/** Defaults that make the engine behave like a server and stay small; a client's settings override them. */
const DEFAULT_SETTINGS: Record<string, string> = {
  implicit_select: "0",
  max_memory_usage: "4000000000",
  http_max_tries: "1",
  http_make_head_request: "0",
  // A slow reader or sender on the other side of the front is no failure; the engine must be as patient as they are.
  http_send_timeout: "1800",
  http_receive_timeout: "1800",
};

const ENGINE_ARGS = ["--mark_cache_size=134217728", "--index_mark_cache_size=33554432"];

/** The ClickHouse engine in this process, bound to one data directory. */
export class Engine {
  private readonly binding = loadBinding();
  /** Kept open for the process's life: the engine shuts down when its last connection closes. */
  private readonly keeper;

  constructor(private readonly dataDir: string) {
    this.keeper = this.binding.CreateConnection(dataDir, ENGINE_ARGS);
  }

  /** Runs a statement and buffers its result in `format` (a FORMAT clause in the text wins). Throws EngineError. */
  read(sql: string, format: string, context: StatementContext): Promise<ReadResult> {
    return this.run(context, sql, (connection, text) => this.binding.QueryAsyncConnection(connection, text, format));
  }

  /** Runs a statement without a result, `data` being the rows that follow an INSERT's text. Throws EngineError. */
  write(sql: string, context: StatementContext, data: Uint8Array = Buffer.from("\n")): Promise<WriteResult> {
    return this.run(context, sql, (connection, text) =>
      this.binding.InsertRawAsyncConnection(connection, text, data, false),
    );
  }

  /** Stops the statement that carries `tag`; does nothing when there is none. */
  async kill(tag: string): Promise<void> {
    const context = { tag: "", settings: {}, params: {} };
    await this.read(`KILL QUERY WHERE startsWith(query, ${quote(comment(tag))}) ASYNC`, "Null", context);
  }

  close(): void {
    this.binding.CloseConnection(this.keeper);
  }

  /**
   * A fresh connection for each statement costs a tenth of a millisecond, and is what keeps one client's settings,
   * parameters and database from the next.
   */
  private async run<T>(
    context: StatementContext,
    sql: string,
    execute: (connection: ReturnType<typeof this.binding.CreateConnection>, text: string) => Promise<T>,
  ): Promise<T> {
    const prefix = context.tag ? `${comment(context.tag)} ` : "";
    const connection = this.binding.CreateConnection(this.dataDir, ENGINE_ARGS);
    try {
      await this.binding.QueryAsyncConnection(connection, setStatement(context), "Null");
      if (context.database && context.database !== "default") {
        await this.binding.QueryAsyncConnection(connection, `USE ${quoteName(context.database)}`, "Null");
      }
      return await execute(connection, prefix + sql);
    } catch (error) {
      throw EngineError.from(error, prefix.length);
    } finally {
      this.binding.CloseConnection(connection);
    }
  }
}

function setStatement({ settings, params }: StatementContext): string {
  const changes = Object.entries({ ...DEFAULT_SETTINGS, ...settings }).map(([k, v]) => `${quoteName(k)} = ${quote(v)}`);
  const bound = Object.entries(params).map(([k, v]) => `${quoteName(`param_${k}`)} = ${quote(v)}`);
  return `SET ${[...changes, ...bound].join(", ")}`;
}

function comment(tag: string): string {
  return `/*${tag}*/`;
}
