import type { Browser, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import type { CreateExportInput } from "@/lib/schemas/export";
import { HOUR } from "@/lib/units";
import { makeRun } from "@/testing/api/make";
import { makeProject } from "@/testing/api/tenant";
import type { Api } from "../api";
import { pageAs } from "../people";
import type { Stack } from "../stack";
import { makeNamedTenant, makePerson, personIn, strangerPage } from "../tenant";
import { hoursAgo } from "../time";

/** What the screens show: exports in every state, and people who see less. */
export interface World {
  connectionId: string;
  /** An export with completed windows, receipts, and a failed run. */
  exportId: string;
  runId: string;
  failedRunId: string;
  pages: Record<"owner" | "viewer" | "newcomer" | "nobody", Page>;
  /** All of its exports. */
  exportIds: string[];
}

const failure = {
  code: "access_denied",
  message: "The storage refused to write the object: s3:PutObject is not allowed for this key.",
  fix: "Allow s3:PutObject below the export's prefix, then retry the run.",
  retryable: false,
};

/** `session` is a file with the cookies of the first user, who is an operator. */
export async function makeWorld(browser: Browser, stack: Stack, api: Api, session: string): Promise<World> {
  const connection = await api.createConnection();
  await getDb().update(connections).set({ name: "Data lake" }).where(eq(connections.id, connection.id));
  const prefix = `lake-${crypto.randomUUID().slice(0, 4)}`;
  const to = (folder: string) => ({ type: "s3" as const, prefix: `${prefix}/${folder}/{year}/{month}/{day}/` });
  const connectionId = connection.id;
  const make = (name: string, folder: string, more: Partial<CreateExportInput>) =>
    api.createExport({ name, connectionId, destination: to(folder), ...more });
  const main = await make("Events to the lake", "events", { paused: false });
  const daily = { every: "day" as const, timezone: "UTC", atHour: 3 };
  const others = [
    await make("Persons, daily", "persons", { model: "persons", schedule: daily, paused: false }),
    await make("Merged IDs", "merged-ids", { model: "merged_ids" }),
  ];
  await api.createHistoricExport(main.id, { start: hoursAgo(8), end: hoursAgo(2) });
  const completed = async () => (await api.runs(main.id)).items.filter(({ state }) => state === "Completed");
  await expect.poll(async () => (await completed()).length, { timeout: 120_000 }).toBe(6);
  const [run] = await completed();
  const [row] = await getDb().query.exports.findMany({ where: (it, { eq }) => eq(it.id, main.id) });
  const intervalStart = new Date(hoursAgo(2));
  const failedRunId = await makeRun(row!, main.id, {
    ...{ intervalStart, intervalEnd: new Date(intervalStart.getTime() + HOUR) },
    ...{ state: "Failed", error: failure, startedAt: new Date(), finishedAt: new Date() },
  });
  return {
    ...{ connectionId, exportId: main.id, runId: run!.id, failedRunId },
    pages: await pagesOf(browser, stack, session),
    exportIds: [main, ...others].map(({ id }) => id),
  };
}

const ownerPage = async (browser: Browser, { web: baseURL }: Stack, storageState: string): Promise<Page> =>
  (await browser.newContext({ baseURL, storageState })).newPage();

async function pagesOf(browser: Browser, stack: Stack, session: string): Promise<World["pages"]> {
  const empty = await makeNamedTenant();
  await makePerson(empty, "member");
  // With several, there is a switcher.
  await makeProject(empty.organizationId);
  const { page: newcomer } = await personIn(browser, stack, empty, "owner");
  return {
    owner: await ownerPage(browser, stack, session),
    viewer: await pageAs(browser, stack, "viewer"),
    newcomer,
    nobody: await strangerPage(browser, stack),
  };
}
