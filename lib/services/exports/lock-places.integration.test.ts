import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { getDb, type Tx } from "@/lib/db/client";
import { until } from "@/testing/runs/until";
import { lockAddress, lockPlaces } from "./lock-places";

const nothing = { prefix: "", patterns: [], manifests: [], namesRequest: false };
const lock = (tx: Tx, address: string, text: string) =>
  lockPlaces(tx, { address, keys: nothing, leads: [{ text, next: "" }] });

/** A transaction's backend pid, and whether it waits for a lock. */
const backendOf = async (tx: Tx) =>
  (await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]!.pid;
const waits = async (pid: number) =>
  (await getDb().execute(sql`select from pg_locks where pid = ${pid} and locktype = 'advisory' and not granted`)).rows
    .length > 0;

/** Locks one place and returns whether another transaction had to wait for its own. */
async function waited(held: string, wanted: string | null, address = randomUUID()): Promise<boolean> {
  let had = false;
  let second: Promise<void> | undefined;
  await getDb().transaction(async (tx) => {
    await lock(tx, address, held);
    let isThrough = false;
    const backend = Promise.withResolvers<number>();
    second = getDb().transaction(async (other) => {
      backend.resolve(await backendOf(other));
      await (wanted === null ? lockAddress(other, address) : lock(other, address, wanted));
      isThrough = true;
    });
    const pid = await backend.promise;
    await until("the other waited or was through", async () => {
      had = await waits(pid);
      return had || isThrough;
    });
  });
  await second;
  return had;
}

it.each([
  ["a/b/", "a/b/", true],
  ["a/b/x", "a/b/y", true],
  ["a/", "a/b/c/", true],
  ["a/b/c/", "a/", true],
  ["", "a/b/", true],
  ["a/b/", "", true],
  ["a/b/", "a/c/", false],
  ["a/b/", "b/", false],
  // Deeper folders are one place.
  ["1/2/3/4/5/6/7/8/9/", "1/2/3/4/5/6/7/8/x/", true],
  ["1/2/3/4/5/6/7/8/9/", "1/2/3/4/5/6/7/x/9/", false],
])("who holds what begins with “%s” has “%s” wait: %s", async (held, wanted, expected) => {
  expect(await waited(held, wanted)).toBe(expected);
});

it("who wants a whole address waits for all that is in it", async () => {
  expect(await waited("a/b/", null)).toBe(true);
});
