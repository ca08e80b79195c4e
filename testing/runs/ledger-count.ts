import { getEnv } from "@/lib/env";
import { PgProxy } from "./faults/pg-proxy";

/** Counts what a worker asks of the ledger. */
export class LedgerCount {
  private constructor(private readonly proxy: PgProxy) {}

  static async open(): Promise<LedgerCount> {
    // Every statement has a name here: none is passed over.
    return new LedgerCount(await PgProxy.open(new URL(getEnv().DATABASE_URL), nameOf));
  }

  /** What a worker finds in its environment whose statements are to be counted. */
  get env(): Record<string, string> {
    const url = new URL(getEnv().DATABASE_URL);
    url.hostname = "127.0.0.1";
    url.port = String(this.proxy.port);
    return { DATABASE_URL: url.href };
  }

  /** The statements about any of these ids, and what begins and ends their transactions. */
  about(ids: readonly string[]): string[] {
    const ours = this.proxy.recorded.filter(({ text }) => ids.some((id) => text.includes(id)));
    return ours.flatMap(({ name, text }) => (name === "COMMIT" ? ["BEGIN", name] : [text]));
  }

  close(): Promise<void> {
    return this.proxy.close();
  }
}

const nameOf = (sql: string): string => (/^(?:begin|commit)$/i.test(sql) ? sql.toUpperCase() : sql && "statement");
