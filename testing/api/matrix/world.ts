import { randomUUID } from "node:crypto";
import { getDb } from "@/lib/db/client";
import { alerts, historicExports } from "@/lib/db/schema";
import { HOUR } from "@/lib/units";
import { makeConnection, makeExport, makeRun } from "../make";
import { makeSession } from "../session";
import { makeTenant, makeUser, type Tenant } from "../tenant";
import { markVerified } from "../verified";
import type { Subject } from "./subjects";

/** What the matrix requests: an organization of ours with one object of each kind. */
export interface World {
  ours: Tenant;
  other: Tenant;
  /** An owner of ours outside the matrix: prepares what only a user may. */
  somebody: { userId: string; headers: { cookie: string } };
  connectionId: string;
  exportId: string;
  runId: string;
  historicExportId: string;
}

export async function makeWorld(): Promise<World> {
  const [ours, other] = [await makeTenant(), await makeTenant()];
  const { id: connectionId } = await makeConnection(ours);
  await markVerified(connectionId);
  const { id: exportId } = await makeExport(ours, connectionId);
  const owner = await makeUser(ours, "owner");
  const somebody = { userId: owner.userId, headers: await makeSession(owner) };
  const world = { ours, other, somebody, connectionId, exportId, runId: "", historicExportId: "" };
  await tellOf(world);
  return {
    ...world,
    runId: await makeFinishedRun(world),
    historicExportId: await makeHistoric(world, "Completed"),
  };
}

/** What a response to an outsider must never contain. */
export const traces = (world: World, people: Subject[]): string[] => [
  world.ours.organizationId,
  world.somebody.userId,
  ...tracesOfProject(world),
  ...people.flatMap(({ home, person }) => (home === "ours" && person ? [person.userId, person.email] : [])),
];

/** What a response to another project's key must not contain either. */
export const tracesOfProject = ({ ours, connectionId, exportId, runId, historicExportId }: World): string[] => [
  ours.projectId,
  connectionId,
  exportId,
  runId,
  historicExportId,
];

/** An alert of the export, for the organization's lists. */
async function tellOf({ ours: { organizationId, projectId }, exportId }: World): Promise<void> {
  const about = { organizationId, projectId, exportId, kind: "failed" as const, cause: "test" };
  await getDb()
    .insert(alerts)
    .values({ ...about, ...freshWindow() });
}

let windows = 0;

/** An unused hour. */
export function freshWindow(): { intervalStart: Date; intervalEnd: Date } {
  windows += 1;
  const start = Date.UTC(2026, 0, 1) + windows * HOUR;
  return { intervalStart: new Date(start), intervalEnd: new Date(start + HOUR) };
}

export const makeFinishedRun = ({ ours, exportId }: World) =>
  makeRun(ours, exportId, { ...freshWindow(), state: "Failed", finishedAt: new Date() });

/** A separate export for operations that would affect the shared one. */
export const makeOwnExport = async ({ ours, connectionId }: World): Promise<string> =>
  (await makeExport(ours, connectionId, { schedule: { every: "day" } })).id;

/** A historic export in the ledger without a workflow. */
export async function makeHistoric({ ours, exportId }: World, state: "Running" | "Completed"): Promise<string> {
  const { organizationId, projectId } = ours;
  const { intervalStart, intervalEnd } = freshWindow();
  const id = randomUUID();
  const owner = { id, organizationId, projectId, exportId, state };
  await getDb()
    .insert(historicExports)
    .values({ ...owner, rangeStart: intervalStart, rangeEnd: intervalEnd, windows: 1 });
  return id;
}
