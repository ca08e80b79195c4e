import { spawnSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { installation, projects, user } from "@/lib/db/schema";
import { readInstallation } from "@/lib/services/installation";
import { initialize } from "@/lib/services/setup";
import { temporalBinary } from "@/local/parts/temporal-binary";
import type { Child } from "@/server/process/child";
import { makeSession } from "@/testing/api/session";
import { takeOwnDatabase } from "@/testing/database/own-database";
import { until } from "@/testing/runs/until";
import { runCommand } from "@/testing/stack/run-command";
import { spawnWeb } from "@/testing/stack/spawn-web";
import { spawnWorker } from "@/testing/stack/spawn-worker";
import { documentedCommands } from "./commands";
import { dumpProblem } from "./postgres-tools";

const cannotDump = await dumpProblem();
const hasPsql = spawnSync("psql", ["--version"]).status === 0;
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "penstock-operations-"));
let dropDatabase: () => Promise<void>;
let worker: Child | undefined;

beforeAll(async () => {
  process.env.TEMPORAL_TASK_QUEUE = `test-${randomUUID()}`;
  dropDatabase = await takeOwnDatabase();
  await initialize();
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await dropDatabase();
  rmSync(folder, { recursive: true, force: true });
});

/** The commands that have run, as they are written. */
const ran = new Set<string>();

/** Runs a command as it is written, and returns what it printed. Its files are in a folder of the test. */
async function run(command: string, env: Record<string, string> = {}): Promise<string> {
  ran.add(command);
  const text = command.replaceAll(/penstock\.dump|new-password\.txt/g, (name) => join(folder, name));
  const { code, output } = await runCommand("sh", ["-c", text], { env });
  expect(code, `${command}\n${output}`).toBe(0);
  return output;
}

const hold = () =>
  getDb()
    .update(installation)
    .set({ hold: { reason: "restored", since: new Date().toISOString(), facts: "A test." } });

describe("the commands of the operations pages", () => {
  it.skipIf(cannotDump !== null)(
    `dump and restore a database${cannotDump === null ? "" : ` (left out: ${cannotDump})`}`,
    async () => {
      const [before] = await getDb().select().from(projects);
      await run(`pg_dump --format=custom --file=penstock.dump "$DATABASE_URL"`);
      expect(statSync(join(folder, "penstock.dump")).size).toBeGreaterThan(10_000);
      await getDb().update(projects).set({ name: "Changed since" });
      await run(`pg_restore --clean --if-exists --no-owner --dbname="$DATABASE_URL" penstock.dump`);
      expect(await getDb().select().from(projects)).toEqual([before]);
    },
  );

  it("migrate, and go on without lost keys", async () => {
    expect(await run("npm run migrate")).toContain("The database has the newest schema.");
    expect(await run("npm run rotate-keys -- --keys-are-lost")).toContain("Ended 0 workflows and removed 0 schedules");
  });

  it("reset a password by a link, and from standard input", async () => {
    const [person] = await getDb().select({ email: user.email }).from(user);
    const EMAIL = person?.email ?? "";
    expect(await run(`npm run reset-password -- "$EMAIL"`, { EMAIL })).toMatch(/http\S+\/reset-password#\S{43}/);
    writeFileSync(join(folder, "new-password.txt"), "a password of a file\n");
    const set = await run(`npm run reset-password -- "$EMAIL" --stdin < new-password.txt`, { EMAIL });
    expect(set).toContain(`The password of ${EMAIL} is set`);
    await makeSession({ email: EMAIL, password: "a password of a file" });
  });

  it("say what an installation waits for, and decide", async () => {
    await hold();
    worker = await spawnWorker({ TEMPORAL_TASK_QUEUE: process.env.TEMPORAL_TASK_QUEUE ?? "" });
    const shown = await run("npm run installation");
    expect(shown).toContain("Decide: reconcile, continue, separate.");
    expect(shown).toContain("A test.");
    expect(await run("npm run installation -- reconcile")).toContain("0 windows recovered from receipts");
    await hold();
    expect(await run("npm run installation -- continue")).toContain("There is nothing to decide.");
    const { code, output } = await runCommand("npm", ["run", "installation", "--", "whatever"]);
    expect(code).toBe(1);
    expect(output).toContain("npm run installation [-- reconcile | continue | separate]");
  });

  it.skipIf(!hasPsql)(
    `ask in any case after a restore${hasPsql ? "" : " (left out: there is no psql on PATH)"}`,
    async () => {
      await run(`psql "$DATABASE_URL" --command="UPDATE installation SET generation = 0"`);
      const { hold: held } = await until("it was held", async () => {
        const found = await readInstallation();
        return found.hold && found;
      });
      expect(held?.reason).toBe("restored");
    },
  );

  it("give Temporal a namespace", async () => {
    const binary = await temporalBinary({ say: () => {}, wait: () => () => {} });
    const path = `${dirname(binary)}:${process.env.PATH}`;
    const namespace = `ns-${randomBytes(6).toString("hex")}`;
    await run(`temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 72h`, {
      PATH: path,
      TEMPORAL_NAMESPACE: namespace,
    });
  });

  it.skipIf(!hasCurl)(`ask for metrics${hasCurl ? "" : " (left out: there is no curl on PATH)"}`, async () => {
    const METRICS_TOKEN = randomUUID();
    const web = await spawnWeb({ METRICS_TOKEN });
    const command = `curl --fail --silent --header "Authorization: Bearer $METRICS_TOKEN" "$APP_URL/api/metrics"`;
    const text = await run(command, { METRICS_TOKEN, APP_URL: web.web }).finally(() => web.stop());
    expect(text).toContain("penstock_task_queue_backlog");
  });

  it("are all of those that are documented", () => {
    const known = new Set(ran);
    if (cannotDump) for (const { command } of documentedCommands()) if (/^pg_/.test(command)) known.add(command);
    if (!hasPsql) for (const { command } of documentedCommands()) if (command.startsWith("psql ")) known.add(command);
    if (!hasCurl) for (const { command } of documentedCommands()) if (command.startsWith("curl ")) known.add(command);
    const unknown = documentedCommands().filter(({ command }) => !known.has(command));
    expect(unknown).toEqual([]);
    expect(documentedCommands().length).toBeGreaterThan(8);
  });
});
