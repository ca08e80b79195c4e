import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { splitConfig } from "@/lib/services/connections/split";
import { secondTryWins } from "@/testing/runs/destinations/frozen";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import { runTag } from "@/testing/runs/run-tag";
import { startPgbouncer } from "@/testing/stack/pgbouncer";
import { findPgbouncer } from "@/testing/stack/pgbouncer-program";
import { openPostgres } from "./open";
import { type PostgresConfig, type PostgresSecret, postgresSettingsSchema } from "./schema";
import { verifyPostgres } from "./verify";

const found = await findPgbouncer();
const reason = "reason" in found ? found.reason : null;

describe.skipIf(reason)(`through a real PgBouncer${reason ? ` (left out: ${reason})` : ""}`, () => {
  beforeAll(() => postgresHarness.open());
  afterAll(() => postgresHarness.close());

  /** A connection through a PgBouncer of these settings. */
  async function through<T>(settings: Record<string, string | number>, work: (to: Connected) => Promise<T>) {
    if ("reason" in found) throw new Error(found.reason);
    const pooler = await startPgbouncer(found, new URL(process.env.DATABASE_URL ?? ""), settings);
    const { config, secret } = splitConfig("postgres", { ...postgresHarness.config(), port: pooler.port });
    return work({ config, secret, externalId: "" }).finally(() => pooler.stop());
  }
  interface Connected {
    config: PostgresConfig;
    secret: PostgresSecret;
    externalId: string;
  }

  // https://www.pgbouncer.org/features.html: multi-statement transactions are disallowed in statement pooling.
  it("in statement mode, verifying says which mode is needed, and where to set it", async () => {
    const { ok, steps } = await through({ pool_mode: "statement" }, (to) => verifyPostgres(to, []));
    expect(ok).toBe(false);
    expect(steps.find(({ status }) => status === "failed")).toMatchObject({
      name: "Create table",
      message: "PgBouncer allows no transactions: its pool_mode is statement (08P01).",
      fix: expect.stringContaining("Set pool_mode=transaction for warehouse_"),
    });
  });

  // https://www.pgbouncer.org/config.html: application_name_add_host adds each client's address and port.
  it("that renames every client, a frozen try at a file still loses its stage to the next", async () => {
    const settings = postgresSettingsSchema.parse({ type: "postgres", table: "renamed" });
    await through({ application_name_add_host: 1 }, (to) =>
      secondTryWins(openPostgres(to, settings, runTag("renamed"))),
    );
  });

  // https://www.pgbouncer.org/config.html: query_timeout cancels queries that run longer.
  it("with a limit on how long a query takes, a long load names the setting and is tried again", async () => {
    const settings = postgresSettingsSchema.parse({ type: "postgres", table: "limited" });
    const body = new Readable({ read() {} });
    const file = { key: "run/merged_ids-0.copy", table: "merged_ids", body, contentType: "application/octet-stream" };
    const loading = through({ query_timeout: 1 }, (to) =>
      openPostgres(to, settings, runTag("limited")).putFile(file, AbortSignal.timeout(30_000)),
    );
    await expect(loading).rejects.toMatchObject({
      failure: { code: "warehouse_busy", retryable: true, fix: expect.stringContaining("Set query_timeout = 0") },
    });
  });
});
