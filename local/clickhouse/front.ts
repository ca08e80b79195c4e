import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { authenticate, type Credentials } from "./auth";
import { Engine } from "./engine";
import { EngineError, sendError } from "./errors";
import { Exchange } from "./exchange";
import { quoteName } from "./quote";
import { type QueryRequest, readQuery } from "./request";
import { runQuery } from "./run";
import { Slots } from "./slots";

const CANCELLED = new EngineError(394, "QUERY_WAS_CANCELLED", "Query was cancelled.");
/** As the server's `http_max_uri_size`: bound parameters travel in the URL. */
const MAX_URI_BYTES = 1_048_576;

export type FrontOptions = { dataDir: string; credentials: Credentials; database: string; concurrency: number };

/** ClickHouse's HTTP interface in front of the engine of this process. */
export class Front {
  /** What runs now, by the query id its client knows. */
  private readonly running = new Map<string, { tag: string; stop: AbortController }>();
  private readonly slots: Slots;
  readonly server: Server;

  private constructor(
    private readonly engine: Engine,
    private readonly exchange: Exchange,
    private readonly options: FrontOptions,
    private readonly version: string,
    private readonly timezone: string,
  ) {
    this.slots = new Slots(options.concurrency);
    this.server = createServer(
      { maxHeaderSize: MAX_URI_BYTES },
      (request, response) => void this.handle(request, response),
    );
    // An INSERT may send rows for as long as it likes.
    this.server.requestTimeout = 0;
    this.server.keepAliveTimeout = 30_000;
  }

  /** Opens the data directory and makes the database if it is missing. Throws EngineError. */
  static async open(options: FrontOptions): Promise<Front> {
    const engine = new Engine(options.dataDir);
    const context = { tag: "", settings: {}, params: {} };
    await engine.write(`CREATE DATABASE IF NOT EXISTS ${quoteName(options.database)}`, context);
    const { bytes } = await engine.read("SELECT version(), timezone()", "TSV", context);
    const [version, timezone] = Buffer.from(bytes).toString().trim().split("\t");
    return new Front(engine, await Exchange.open(), options, version!, timezone!);
  }

  /** Ends every query and closes the engine. */
  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    for (let left = 50; this.running.size > 0 && left > 0; left--) await sleep(100);
    this.exchange.close();
    if (this.running.size === 0) this.engine.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const stop = new AbortController();
    response.once("close", () => stop.abort());
    try {
      const url = new URL(request.url ?? "/", "http://front");
      if (url.pathname === "/ping") return void response.end("Ok.\n");
      authenticate(request, url.searchParams, this.options.credentials);
      if (request.method === "GET" && !url.searchParams.has("query")) return void response.end("Ok.\n");
      await this.answer(await readQuery(request, url), response, stop);
    } catch (error) {
      // A result that has begun must not look complete.
      if (response.headersSent || response.destroyed) response.destroy();
      else sendError(response, stop.signal.aborted ? CANCELLED : EngineError.from(error), this.version);
    } finally {
      // Rows nobody fetched would keep the connection busy.
      request.resume();
    }
  }

  private async answer(query: QueryRequest, response: ServerResponse, stop: AbortController): Promise<void> {
    query.context.database ??= this.options.database;
    this.stopKilled(query);
    const { signal } = stop;
    await this.slots.run(signal, async () => {
      if (this.running.has(query.queryId)) {
        const message = `Query with id = ${query.queryId} is already running.`;
        throw new EngineError(216, "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING", message);
      }
      const { tag } = query.context;
      this.running.set(query.queryId, { tag, stop });
      const killer = () => void this.killUntilGone(query.queryId, tag);
      signal.addEventListener("abort", killer, { once: true });
      try {
        await runQuery({
          engine: this.engine,
          exchange: this.exchange,
          timezone: this.timezone,
          query,
          response,
          signal,
        });
      } finally {
        signal.removeEventListener("abort", killer);
        this.running.delete(query.queryId);
      }
    });
  }

  /** More than once, because the engine may not have begun the statement yet. */
  private async killUntilGone(queryId: string, tag: string): Promise<void> {
    while (this.running.get(queryId)?.tag === tag) {
      await this.engine.kill(tag).catch(() => undefined);
      await sleep(200);
    }
  }

  /**
   * The engine gives statements ids of its own: in a KILL QUERY, the client's id becomes the statement's tag. What it
   * names is stopped here too, or a killed statement would wait for the end of an exchange that nobody ends.
   */
  private stopKilled(query: QueryRequest): void {
    const text = query.text.toString("utf8");
    if (!/^\s*KILL\s+QUERY\b/i.test(text)) return;
    const named = text.replace(/\bquery_id\s*=\s*'([^']*)'/gi, (whole, id) => {
      const victim = this.running.get(id);
      victim?.stop.abort();
      return victim ? `startsWith(query, '/*${victim.tag}*/')` : whole;
    });
    query.text = Buffer.from(named);
  }
}
