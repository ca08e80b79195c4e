import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { connections, exports, projects } from "@/lib/db/schema";
import { meetingKey } from "@/lib/rows/layouts/meeting";
import { connectTo, ORGANIZATION, withOwnInstallation } from "@/testing/api/own-installation";
import { pairs } from "@/testing/random-exports";
import { isLong } from "@/testing/runs/is-long";
import { placeIn } from "./key-place";
import { nearby } from "./nearby";
import { noteMissingLeads } from "./note-missing-leads";

const ROUNDS = isLong ? 20 : 2;
/** Pairs of exports, all compared with each other. */
const PAIRS = 40;

withOwnInstallation();

const filters = { includeEvents: [], excludeEvents: [], properties: [] };
const schedule = { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 } as const;

/** Several spellings of one bucket, and another bucket. */
const ADDRESSES = [
  { endpoint: "http://localhost:9000", bucket: "one" },
  { endpoint: "http://127.0.0.1:9000/", bucket: "one" },
  { endpoint: "http://[::1]:9000", bucket: "one" },
  { endpoint: "http://localhost:9000", bucket: "two" },
];

const live = () =>
  getDb()
    .select({
      id: exports.id,
      model: exports.model,
      destination: exports.destination,
      sourceProjectId: projects.sourceProjectId,
      config: connections.config,
    })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .innerJoin(projects, eq(projects.id, exports.projectId))
    .where(sql`${exports.deletedAt} is null`);
type Live = Awaited<ReturnType<typeof live>>[number];

const meets = (one: Live, two: Live) => {
  const [a, b] = [placeIn(one), placeIn(two)];
  return a !== null && a.address === b?.address && meetingKey(a.keys, b.keys) !== null;
};

/** The exports that one conflicts with, among all and among those the index finds, and the latter's count. */
async function conflictsOf(one: Live, all: Live[]) {
  const found: Live[] = [];
  for await (const some of nearby(getDb(), placeIn(one)!, one.id)) found.push(...some);
  const met = (among: Live[]) =>
    among
      .filter((two) => two.id !== one.id && meets(one, two))
      .map(({ id }) => id)
      .sort();
  return { expected: met(all), indexed: met(found), looked: found.length };
}

async function expectSame(): Promise<{ conflicts: number; looked: number; compared: number }> {
  const all = await live();
  const sum = { conflicts: 0, looked: 0, compared: 0 };
  for (const one of all.filter(({ destination }) => destination.type === "s3")) {
    const { expected, indexed, looked } = await conflictsOf(one, all);
    expect(indexed).toEqual(expected);
    sum.conflicts += expected.length;
    sum.looked += looked;
    sum.compared += all.length - 1;
  }
  return sum;
}

describe("the index of what keys begin with", () => {
  const sources = new Map<number, string>();
  let connectionIds: string[];
  beforeAll(async () => {
    for (const sourceProjectId of [1, 18, 187]) {
      const values = { organizationId: ORGANIZATION, name: "p", sourceProjectId };
      const [made] = await getDb().insert(projects).values(values).onConflictDoNothing().returning();
      const is = eq(projects.sourceProjectId, sourceProjectId);
      sources.set(sourceProjectId, (made ?? (await getDb().select().from(projects).where(is))[0])!.id);
    }
    connectionIds = await Promise.all(ADDRESSES.map(connectTo));
  });

  it(`finds exactly the conflicts that comparing with every export finds (${ROUNDS} times ${2 * PAIRS} exports)`, async () => {
    const some = fc.array(fc.tuple(pairs, fc.nat(), fc.nat()), { minLength: PAIRS, maxLength: PAIRS });
    const total = { conflicts: 0, looked: 0, compared: 0 };
    await fc.assert(
      fc.asyncProperty(some, async (drawn) => {
        await getDb().delete(exports);
        const rows = drawn.flatMap(([pair, ...places]) =>
          pair.map(({ model, destination, sourceProjectId }, index) => ({
            organizationId: ORGANIZATION,
            projectId: sources.get(sourceProjectId)!,
            name: "e",
            model,
            destination,
            filters,
            schedule,
            connectionId: connectionIds[places[index]! % connectionIds.length]!,
            deletedAt: places[index]! % 9 === 0 ? new Date() : null,
          })),
        );
        await getDb().insert(exports).values(rows);
        // No leads are stored, so all are compared.
        await expectSame();
        await noteMissingLeads(getDb());
        const { conflicts, looked, compared } = await expectSame();
        total.conflicts += conflicts;
        total.looked += looked;
        total.compared += compared;
      }),
      { numRuns: ROUNDS },
    );
    expect(total.conflicts).toBeGreaterThan(0);
    expect(total.looked).toBeLessThan(total.compared / 2);
  }, 600_000);
});
