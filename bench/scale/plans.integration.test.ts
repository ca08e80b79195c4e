import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor } from "@/lib/services/access/actor";
import { initialize } from "@/lib/services/setup/initialize";
import { ownerOf } from "@/testing/api/actor";
import { takeOwnDatabase } from "@/testing/database/own-database";
import { recordStatements, scannedTables } from "@/testing/database/statements";
import { analyze, fillLedger } from "./ledger";
import { listRequests } from "./requests";

/** A few rows of everything. */
const SIZE = { exports: 200, runs: 4000, hours: 1000, bigFiles: 100 };

/** Tables that grow with every run, or with every change that a user makes. */
const GROWING = /^(runs|run_(documents|files|logs)(_.*)?|audit_log|alerts|mails|deliveries|exports)$/;

/** Requests that need all rows of a table with one row per export. */
const ABOUT_ALL: Record<string, string[]> = { metrics: ["exports"] };

let actor: Actor;
let giveBack: Awaited<ReturnType<typeof takeOwnDatabase>>;
beforeAll(async () => {
  giveBack = await takeOwnDatabase();
  const { organizationId, projectId } = await initialize();
  actor = ownerOf(organizationId, [projectId]);
  await fillLedger(SIZE, () => {});
  await analyze();
});
afterAll(() => giveBack());

it("no list reads a table from one end to the other that grows", async () => {
  const found: Record<string, string[]> = {};
  for (const [name, ask] of Object.entries(await listRequests(actor))) {
    const statements = await recordStatements(ask);
    expect(statements.length, name).toBeGreaterThan(0);
    const scanned = (await Promise.all(statements.map(scannedTables))).flat();
    const wrong = scanned.filter((table) => GROWING.test(table) && !ABOUT_ALL[name]?.includes(table));
    if (wrong.length > 0) found[name] = wrong;
  }
  expect(found).toEqual({});
});
