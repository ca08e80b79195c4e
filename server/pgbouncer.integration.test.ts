import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { untilReady } from "@/local/parts/until";
import { apiClient } from "@/local/run/api";
import type { Child } from "@/server/process/child";
import { exportOnce } from "@/testing/image/export-once";
import { openWorld, type World } from "@/testing/image/world";
import { fillWindow } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { type Pgbouncer, startPgbouncer } from "@/testing/stack/pgbouncer";
import { findPgbouncer, type PgbouncerProgram } from "@/testing/stack/pgbouncer-program";
import { spawnWeb } from "@/testing/stack/spawn-web";
import { spawnWorker } from "@/testing/stack/spawn-worker";

const ROWS = 3000;
const found = await findPgbouncer();

/** The output of one of the server's programs; rejects unless it succeeds. */
const run = (program: string, env: Record<string, string>) =>
  new Promise<string>((resolve, reject) =>
    execFile(
      process.execPath,
      ["--import", "tsx", `server/${program}.ts`],
      { env: { ...process.env, ...env } },
      (error, out, err) => (error ? reject(new Error(out + err)) : resolve(out)),
    ),
  );

function tests(program: Exclude<PgbouncerProgram, { reason: string }>) {
  let world: World;
  let direct: URL;
  let pooler: Pgbouncer;
  let env: Record<string, string>;
  const children: Child[] = [];
  const through = (port: number) => Object.assign(new URL(direct), { port: String(port) }).href;

  beforeAll(async () => {
    world = await openWorld();
    direct = new URL(world.env.DATABASE_URL ?? "");
    pooler = await startPgbouncer(program, direct);
    env = { ...world.env, DATABASE_URL: through(pooler.port) };
  });
  afterAll(async () => {
    await Promise.all(children.map((child) => child.stop()));
    await pooler?.stop();
    await world?.close();
  });

  it("migrates, several processes at once, and an export runs", async () => {
    await Promise.all([migrate(through(pooler.port)), migrate(through(pooler.port))]);
    const key = /API key: +(\S+)/.exec(await run("setup", env))?.[1] ?? "";
    const web = await spawnWeb(env);
    children.push(web, await spawnWorker(env));
    await untilReady(web, 120, async () => {
      const { status } = (await (await fetch(`${web.web}/api/health`)).json()) as { status: string };
      if (status !== "ok") throw new Error(`it is ${status}`);
    });
    await fillWindow(await world.takeSource(), pastHour(0), { rows: ROWS, bytes: 200 });
    expect(await exportOnce(apiClient(web.web, key), world)).toMatchObject({ state: "Completed", rows: ROWS });
  });

  it("migrates past it, if an address for that is set", async () => {
    const nowhere = { DATABASE_URL: through(1), DATABASE_MIGRATION_URL: direct.href };
    expect(await run("migrate", nowhere)).toContain("newest schema");
  });

  it("says which mode it needs if PgBouncer has no transactions", async () => {
    const other = await startPgbouncer(program, direct, { pool_mode: "statement" });
    await expect(migrate(through(other.port))).rejects.toThrow("Penstock needs pool_mode = transaction or session.");
    await other.stop();
  });
}

if ("reason" in found) describe.skip(`with its own database behind PgBouncer (left out: ${found.reason})`, () => {});
else describe("with its own database behind PgBouncer in transaction mode", () => tests(found));
