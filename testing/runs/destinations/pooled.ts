import { type Pgbouncer, startPgbouncer } from "@/testing/stack/pgbouncer";
import type { PgbouncerProgram } from "@/testing/stack/pgbouncer-program";
import type { TablesHarness } from "./harness";
import { postgresHarness } from "./postgres";

/** PostgreSQL as exports reach it through a real PgBouncer; the suite's own statements go past it. */
export function pooledHarness(found: Exclude<PgbouncerProgram, { reason: string }>): TablesHarness {
  let pooler: Pgbouncer;
  const pooled = (config: Record<string, unknown>) => ({ ...config, port: pooler.port });
  const { weak, holders } = postgresHarness;
  return {
    ...postgresHarness,
    name: "PostgreSQL behind PgBouncer",
    isSampled: true,
    // Before version 1.21, it leaves clients of a database that is gone waiting, and an audit with nothing to say.
    holders: Object.fromEntries(Object.entries(holders).filter(([holder]) => holder !== "database")),
    async open() {
      await postgresHarness.open();
      pooler = await startPgbouncer(found, new URL(process.env.DATABASE_URL ?? ""));
    },
    async close() {
      await pooler.stop();
      await postgresHarness.close();
    },
    config: () => pooled(postgresHarness.config()),
    ...(weak && { weak: { ...weak, config: async () => pooled(await weak.config()) } }),
  };
}
