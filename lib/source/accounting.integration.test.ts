import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { warehouseTable } from "@/lib/destinations/warehouse/tables";
import { events } from "@/lib/rows/tables/events";
import { oncePerId } from "@/lib/rows/tables/once-per-id";
import { persons } from "@/lib/rows/tables/persons";
import type { SourceTable } from "@/lib/rows/tables/types";
import { type EventRow, eventRow, insertEvents } from "@/testing/runs/events";
import { insertPersons, type PersonRow, personRow } from "@/testing/runs/persons";
import { openProject, type TestProject } from "@/testing/runs/project";
import { sourceOwner } from "@/testing/runs/source-owner";
import { type Filters, filtersSchema } from "../fields/filters";
import { account, accountingQuery } from "./accounting";
import { askAgain } from "./ask-again";
import { getSource } from "./client";
import { checkQuery } from "./predicate";
import { micros } from "./time";

const hour = (n: number) => ({ start: new Date(Date.UTC(2025, 0, 2, n)), end: new Date(Date.UTC(2025, 0, 2, n + 1)) });

let project: TestProject;
const merges = (verb: "START" | "STOP") =>
  Promise.all(["events", "persons"].map((table) => sourceOwner().command({ query: `SYSTEM ${verb} MERGES ${table}` })));
beforeAll(async () => {
  project = await openProject();
  await merges("STOP");
});
afterAll(async () => {
  await merges("START");
  await project.close();
});

/** The account of tables in a window, which must have as many written rows as the check query counts. */
async function accountOf(tables: readonly SourceTable[], n: number, filters: Filters = filtersSchema.parse({})) {
  const { sourceProjectId } = project;
  const selections = tables.map((model) => ({ model, sourceProjectId, filters, window: hour(n) }));
  const found = await account(getSource(), accountingQuery(selections));
  const { sql: query, params } = checkQuery(selections);
  const { rows } = await askAgain(getSource(), { query, params });
  expect(found.reduce((total, { expandedTo }) => total + expandedTo, 0)).toBe(rows);
  return found;
}

const NONE = { olderVersions: 0, deleted: 0, duplicates: 0, excludedByEvent: 0, excludedByProperty: 0 };

describe("the account of events", () => {
  let n = 0;
  const NAMES = ["a", "b", "c"];
  const filters = filtersSchema.parse({
    excludeEvents: ["b"],
    properties: [{ column: "properties", key: "plan", operator: "equals", value: "pro" }],
  });
  const row = fc.record({
    event: fc.constantFrom(...NAMES),
    plan: fc.constantFrom("pro", "free", null),
    id: fc.nat(5),
  });

  it("counts what each filter and each repeated id leaves out", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (made) => {
        n += 1;
        const ids = Array.from({ length: 6 }, () => randomUUID());
        const rows = made.map(
          ({ event, plan, id }, index): EventRow =>
            eventRow(micros(hour(n).start) + index, {
              uuid: ids[id]!,
              event: Buffer.from(event),
              properties: Buffer.from(JSON.stringify(plan === null ? {} : { plan })),
            }),
        );
        if (rows.length > 0) await insertEvents(project.sourceProjectId, rows);
        const first = made.filter(({ id }, index) => made.findIndex((other) => other.id === id) === index);
        for (const [table, kept] of [
          [events, made],
          [oncePerId(events), first],
        ] as const) {
          const selected = kept.filter(({ event, plan }) => event !== "b" && plan === "pro").length;
          const excludedByEvent = kept.filter(({ event }) => event === "b").length;
          expect(await accountOf([table], n, filters)).toEqual([
            {
              ...NONE,
              table: "events",
              inWindow: made.length,
              duplicates: made.length - kept.length,
              excludedByEvent,
              excludedByProperty: kept.length - excludedByEvent - selected,
              selected,
              expandedTo: selected,
            },
          ]);
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe("the account of persons", () => {
  const versionOf = fc.record({
    person: fc.nat(3),
    version: fc.integer({ min: 1, max: 3 }),
    gone: fc.boolean(),
    ids: fc.nat(2),
  });
  let n = 0;

  it("counts older versions, deletions, and rows of a version that repeats", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(versionOf, { maxLength: 10 }), async (made) => {
        n += 1;
        const ids = Array.from({ length: 4 }, () => randomUUID());
        // The same version of a person is the same row, however often it arrives.
        const rows = made.map(({ person, version, ids: count }): PersonRow & { at: number } => {
          const same = made.find((other) => other.person === person && other.version === version)!;
          return {
            ...personRow(ids[person]!, version, micros(hour(n).start) + version, {
              is_deleted: same.gone,
              distinct_ids: Array.from({ length: same.ids }, (_, at) => Buffer.from(`id ${at}`)),
            }),
            at: count,
          };
        });
        if (rows.length > 0) await insertPersons(project.sourceProjectId, rows);
        const [plain] = await accountOf([persons], n);
        const [inWarehouse] = await accountOf([warehouseTable("persons").model], n);
        for (const counts of [plain!, inWarehouse!]) {
          const { inWindow, olderVersions, deleted, duplicates, selected } = counts;
          expect(inWindow).toBe(rows.length);
          expect(inWindow - olderVersions - deleted - duplicates).toBe(selected);
        }
        const newest = ids.map((id) => {
          const of = rows.filter(({ person_id }) => person_id === id);
          const last = Math.max(0, ...of.map(({ version }) => Number(version)));
          return of.filter(({ version }) => Number(version) === last);
        });
        const older = rows.length - newest.flat().length;
        expect(plain).toMatchObject({
          olderVersions: older,
          deleted: newest.flat().filter((one) => one.is_deleted).length,
        });
        expect(inWarehouse).toMatchObject({
          olderVersions: older,
          deleted: 0,
          selected: newest.filter((of) => of.length > 0).length,
        });
      }),
      { numRuns: 12 },
    );
  });
});
