import { sql } from "drizzle-orm";
import type { Pool } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "@/testing/runs/faults/armed";
import { PgProxy } from "@/testing/runs/faults/pg-proxy";
import { OwnPostgres } from "@/testing/runs/own-postgres";
import { TcpProxy } from "@/testing/runs/tcp-proxy";
import { until } from "@/testing/runs/until";
import type { Db } from "./client";
import { CommitUnknown, DatabaseUnavailable, ifDatabase } from "./errors";
import { openPool } from "./pool";
import { databaseOf } from "./session";

/** In ms. */
const LIMIT = 3_000;
const ANYTHING = /[\s\S]/;
const NOTHING = /(?!)/;

let server: OwnPostgres;
let pool: Pool;
let db: Db;

const at = (port: number | string) => Object.assign(new URL(server.address), { port: String(port) }).href;
const connectThrough = (port: number | string) => {
  pool = openPool(at(port), "penstock-test", LIMIT);
  db = databaseOf(pool, LIMIT);
};
const insert = (name: string, to = db) => to.execute(sql`insert into notes (name) values (${name})`);
const save = (name: string) => db.transaction((tx) => insert(name, tx as Db).then(() => name));
const saved = async (name: string) =>
  (await server.ask<{ n: number }>(`select count(*)::int as n from notes where name = '${name}'`))[0]?.n;
const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => ifDatabase(error),
  );

beforeAll(async () => {
  server = await OwnPostgres.start();
  await server.ask("create table notes (id serial primary key, name text not null)");
});
afterAll(() => server.remove());
afterEach(() => pool.end());

describe("a database that goes silent", () => {
  let proxy: TcpProxy;
  beforeEach(async () => {
    proxy = await TcpProxy.open(server.address);
    connectThrough(new URL(proxy.endpoint).port);
  });
  afterEach(() => proxy.cut());

  it("fails every statement and transaction within its limit, and all of them work again afterward", async () => {
    const works = [...Array(10).keys()].map((n) => (n % 2 ? () => insert(`s${n}`) : () => save(`s${n}`)));
    // Fills the pool.
    await Promise.all(works.map(() => db.execute(sql`select pg_sleep(0.2)`)));
    proxy.stopAt(ANYTHING);
    const began = Date.now();
    const errors = await Promise.all(works.map((work) => errorOf(work())));
    expect(errors.map((error) => error instanceof DatabaseUnavailable)).toEqual(works.map(() => true));
    expect(Date.now() - began).toBeLessThan(2 * LIMIT);
    // New connections are as silent: to connect has its own limit.
    expect(await errorOf(save("new"))).toBeInstanceOf(DatabaseUnavailable);
    proxy.stopAt(NOTHING);
    await Promise.all(works.map((work) => work()));
    expect(await saved("s0")).toBe(1);
    expect(await saved("s1")).toBe(1);
  });

  it("doesn't commit a transaction whose COMMIT never arrives, nor keep its locks", async () => {
    proxy.stopAt(/commit/);
    expect(await errorOf(save("lost"))).toBeInstanceOf(DatabaseUnavailable);
    expect(await server.ask("select 1 from pg_stat_activity where backend_xid is not null")).toEqual([]);
    expect(await saved("lost")).toBe(0);
  });
});

describe("an answer to COMMIT", () => {
  let proxy: PgProxy;
  beforeEach(async () => {
    proxy = await PgProxy.open(new URL(server.address), (text) => (text === "commit" ? "COMMIT" : ""));
    connectThrough(proxy.port);
  });
  afterEach(() => proxy.close());
  const arm = (fault: Fault) => proxy.arm("COMMIT", 1, fault);

  it.each<Fault>([{ do: "lose answer" }, { do: "cut answer" }, { do: "hold answer" }])(
    "that is lost is looked up: $do",
    async (fault) => {
      const armed = arm(fault);
      expect(await save(fault.do)).toBe(fault.do);
      armed.release("drop");
      expect(await saved(fault.do)).toBe(1);
      // The connection isn't used again.
      expect(await save(`${fault.do} again`)).toBe(`${fault.do} again`);
    },
  );

  it.each<Fault>([{ do: "reset" }, { do: "cut request" }])("that never comes is an error: $do", async (fault) => {
    arm(fault);
    expect(await errorOf(save(fault.do))).toBeInstanceOf(DatabaseUnavailable);
    expect(await saved(fault.do)).toBe(0);
  });

  it("is unknown after a crash: another transaction may have got the same id", async () => {
    const armed = arm({ do: "hold answer" });
    const work = errorOf(save("crashed"));
    await armed.hit.opened;
    await server.kill();
    await server.restart();
    armed.release("drop");
    expect(await work).toBeInstanceOf(CommitUnknown);
    expect(await saved("crashed")).toBe(1);
  });

  it("is unknown after the crash of one session, which restarts the server's others", async () => {
    const armed = arm({ do: "hold answer" });
    const work = errorOf(save("session"));
    await armed.hit.opened;
    const victim = await server.connect();
    const { rows } = await victim.query<{ pid: number }>("select pg_backend_pid() as pid");
    process.kill(rows[0]!.pid, "SIGKILL");
    await until("the server had recovered", () => server.ask("select 1").then(Boolean, () => false));
    armed.release("drop");
    expect(await work).toBeInstanceOf(CommitUnknown);
  });

  it("may be an error of the server's own, which commits nothing", async () => {
    await server.ask("alter table notes add constraint few unique (name) deferrable initially deferred");
    await save("unique");
    await expect(save("unique")).rejects.toMatchObject({ code: "23505" });
    expect(await saved("unique")).toBe(1);
  });

  it("is never asked for after work that threw, even before its first statement", async () => {
    const thrown = db.transaction(() => {
      throw new Error("no");
    });
    await expect(thrown).rejects.toThrow("no");
    expect(await server.ask("select 1 from pg_stat_activity where state like 'idle in transaction%'")).toEqual([]);
  });

  it("may say that nothing was committed, because a statement had failed", async () => {
    const swallowed = db.transaction((tx) => tx.execute(sql`select 1 / 0`).catch(() => "all is well"));
    await expect(swallowed).rejects.toThrow("none of it was committed");
  });
});
