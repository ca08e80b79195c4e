import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Operation } from "@/lib/openapi/operation";
import { makeExport } from "@/testing/api/make";
import { fixtures } from "@/testing/api/matrix/fixtures";
import { makeSubjects, type Subject } from "@/testing/api/matrix/subjects";
import { makeWorld, type World } from "@/testing/api/matrix/world";
import { bringToRest } from "@/testing/api/rest";
import { findRoutes } from "@/testing/api/routes";
import { makeSession } from "@/testing/api/session";
import { stringInputs, withText } from "@/testing/api/string-inputs";
import { makeUser } from "@/testing/api/tenant";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

/** The longest that a request may block others, in ms. */
const MOST_MS = 100;
/** A machine busy with other tests blocks everything; a request at fault does so every time. */
const TRIES = 4;

const EARLIEST = "1970-01-01T00:00:00Z";
const LATEST = "2200-01-01T00:00:00Z";
/** The extreme value of every time field. */
const EXTREMES: Record<string, string> = {
  ...{ from: EARLIEST, start: EARLIEST, startAt: EARLIEST },
  ...{ to: LATEST, end: LATEST, endAt: LATEST, expiresAt: LATEST },
};

/** The schedules with the most windows and the slowest to compute. */
const SCHEDULES = [
  { every: "5m" },
  { every: "day", timezone: "Europe/Berlin", atHour: 2 },
  { every: "week", timezone: "Pacific/Apia", atHour: 23, atWeekday: 6 },
] as const;

const operations = (await findRoutes()).map(({ operation }) => operation);
const METRICS_TOKEN = `metrics-${randomUUID()}`;

let web: SpawnedWeb;
let world: World;
let owner: Subject;
let exportIds: string[];
let worst = { ms: 0, what: "" };

beforeAll(async () => {
  world = await makeWorld();
  web = await spawnWeb({ METRICS_TOKEN, API_RATE_PER_MINUTE: "100000" });
  const found = (await makeSubjects(world.ours, world.other)).find(({ name }) => name === "owner")!;
  const person = await makeUser(world.ours, "owner", { operator: true });
  owner = { ...found, operator: true, person, headers: await makeSession(person) };
  const recent = { startAt: "2025-06-01T00:00:00Z" };
  const made = [
    ...[{}, { startAt: EARLIEST }, recent].map((bounds) => ({ schedule: SCHEDULES[0], ...bounds })),
    ...SCHEDULES.slice(1).map((schedule) => ({ schedule, ...recent })),
  ];
  exportIds = [];
  for (const body of made) exportIds.push((await makeExport(world.ours, world.connectionId, body)).id);
});
// The requests start work: centuries of windows.
afterEach(() => bringToRest(world.ours));
afterAll(async () => {
  console.log(`Event loop: ${operations.length} operations, worst ${worst.ms} ms (${worst.what})`);
  await web?.stop();
});

type Request = Awaited<ReturnType<(typeof fixtures)[string]["ask"]>>;

/** A request with every time at its extreme. */
function extreme(operation: Operation, request: Request): Request {
  let asked = request;
  for (const { in: where, path } of stringInputs(operation)) {
    const value = EXTREMES[path.at(-1) ?? ""];
    if (value === undefined) continue;
    if (where === "body") asked = { ...asked, body: withText(asked.body, path, value) };
    if (where === "query") asked = { ...asked, query: { ...asked.query, [path.join(".")]: value } };
  }
  return asked;
}

/** The longest event loop lag since the previous call, in ms. */
async function lag(): Promise<number> {
  const answer = await fetch(`${web.web}/api/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  const seconds = /^nodejs_eventloop_lag_max_seconds(?:\{[^}]*\})? (\S+)$/m.exec(await answer.text())?.[1];
  if (seconds === undefined) throw new Error("The metrics have no event loop.");
  return Math.round(Number(seconds) * 1000);
}

async function send(operation: Operation, { params = {}, query = {}, body }: Request): Promise<number> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? name);
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const answer = await fetch(`${web.web}${path}?${search}`, {
    method: operation.method,
    headers: { ...owner.headers, origin: web.web, ...(body !== undefined && { "content-type": "application/json" }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  await answer.text();
  return answer.status;
}

/** How long a request blocks others, in ms: the minimum of a few tries. */
async function heldUp(operation: Operation, ask: () => Promise<Request>, what: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && least > MOST_MS; tries++) {
    const request = await ask();
    await lag();
    expect(await send(operation, request), what).toBeLessThan(500);
    least = Math.min(least, await lag());
  }
  if (least > worst.ms) worst = { ms: least, what };
  return least;
}

describe("no request holds up the others", () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))("%s", async (id, operation) => {
    const ask = async () => extreme(operation, await fixtures[id]!.ask(world, owner));
    expect(await heldUp(operation, ask, id)).toBeLessThanOrEqual(MOST_MS);
  });

  const ofExports = operations.filter(
    ({ path, method }) => path.startsWith("/api/exports/{id}") && method !== "DELETE",
  );
  it.each(ofExports.map((operation) => [operation.id, operation] as const))(
    "%s, of exports with the most windows",
    async (id, operation) => {
      for (const exportId of exportIds) {
        const ask = async () => ({
          ...extreme(operation, await fixtures[id]!.ask(world, owner)),
          params: { id: exportId },
        });
        expect(await heldUp(operation, ask, `${id} of ${exportId}`)).toBeLessThanOrEqual(MOST_MS);
      }
    },
  );
});
