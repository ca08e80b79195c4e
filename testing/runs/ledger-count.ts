import { getEnv } from "@/lib/env";
import { PgProxy } from "./faults/pg-proxy";

/** Counts a worker's ledger statements. */
export class LedgerCount {
  private constructor(private readonly proxy: PgProxy) {}

  static async open(): Promise<LedgerCount> {
    // Every statement gets a name, so none is skipped.
    return new LedgerCount(await PgProxy.open(new URL(getEnv().DATABASE_URL), nameOf));
  }

  /** The environment of a worker whose statements are counted. */
  get env(): Record<string, string> {
    const url = new URL(getEnv().DATABASE_URL);
    url.hostname = "127.0.0.1";
    url.port = String(this.proxy.port);
    return { DATABASE_URL: url.href };
  }

  /** Statements about any of these ids, and those that begin and end their transactions. */
  about(ids: readonly string[]): string[] {
    const ours = this.proxy.recorded.filter(({ text }) => ids.some((id) => text.includes(id)));
    return ours.flatMap(({ name, text }) => (name === "COMMIT" ? ["BEGIN", name] : [text]));
  }

  close(): Promise<void> {
    return this.proxy.close();
  }
}

const nameOf = (sql: string): string => (/^(?:begin|commit)$/i.test(sql) ? sql.toUpperCase() : sql && "statement");
