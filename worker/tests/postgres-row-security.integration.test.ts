import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ExportError, Failure } from "@/lib/errors";
import type { CreateExportInput, Export } from "@/lib/schemas/export";
import { patchConnection } from "@/lib/services/connections/patch";
import { micros } from "@/lib/source/time";
import { deps } from "@/testing/runs/deps";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import { endAsFailed, makeExportTo, makeRun, runWindow, takeSteps } from "@/testing/runs/destinations/steps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { auditRuns } from "@/worker/steps/checks/audit-runs";

const window = pastHour(1);
const unique = (what: string) => `${what}_${randomBytes(4).toString("hex")}`;
const [member, stranger] = [unique("member"), unique("stranger")];

let project: TestProject;
beforeAll(async () => {
  await postgresHarness.open();
  await sql(`CREATE ROLE ${member}; CREATE ROLE ${stranger}; GRANT ${member} TO ${user()}`);
  project = await openProject();
  await insertEvents(
    project.sourceProjectId,
    [1, 2, 3].map((n) => eventRow(micros(window.start) + n)),
  );
});
afterAll(async () => {
  await project.close();
  await postgresHarness.close();
});

const sql = (statement: string) => postgresHarness.sql(statement);
const user = () => postgresHarness.config().username as string;

/** Runs the window again. Returns the run's failure; null if it succeeded. */
async function failureOf({ exported }: Secured): Promise<Failure | null> {
  const id = await makeRun(project, exported, window);
  try {
    await takeSteps(id);
    return null;
  } catch (error) {
    await endAsFailed(id);
    return (error as ExportError).failure;
  }
}

interface Secured {
  exported: Export;
  table: string;
  /** Its first run, which filled the table. */
  runId: string;
}

/** An export whose table another role owns since its first run, with row-level security and these policies. */
async function secure(
  policies: readonly string[],
  { model = "events", settings = {} }: Partial<CreateExportInput> & { settings?: object } = {},
): Promise<Secured> {
  const table = unique("t");
  const exported = await makeExportTo(project, postgresHarness, { table, model, settings });
  const { id: runId } = await runWindow(project, exported, window);
  await sql(`ALTER TABLE ${table} OWNER TO CURRENT_USER; ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await sql(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${user()}`);
  for (const policy of policies) await sql(policy.replace("POLICY", `POLICY ${unique("p")} ON ${table}`));
  return { exported, table, runId };
}

const ALL = "CREATE POLICY USING (true)";
const [READ, WRITE, REMOVE] = [
  "CREATE POLICY FOR SELECT USING (true)",
  "CREATE POLICY FOR INSERT WITH CHECK (true)",
  "CREATE POLICY FOR DELETE USING (true)",
];

describe("a table with row-level security", () => {
  it.each([
    ["for everybody", [ALL]],
    ["for the user", ["CREATE POLICY TO $user USING (true)"]],
    ["for a role that the user has", [`CREATE POLICY TO ${stranger}, ${member} USING (true)`]],
    ["for each command", [READ, WRITE, REMOVE]],
    ["beside a permissive policy with a condition", ["CREATE POLICY USING (team_id = 0)", ALL]],
    ["beside a restrictive policy for others", [ALL, `CREATE POLICY AS RESTRICTIVE TO ${stranger} USING (false)`]],
    ["beside a restrictive policy that is true", [ALL, "CREATE POLICY AS RESTRICTIVE USING (true)"]],
  ])("is filled if a policy shows all rows: %s", async (_, policies) => {
    const { exported, table } = await secure(policies.map((policy) => policy.replace("$user", user())));
    const { id } = await runWindow(project, exported, window);
    expect((await postgresHarness.rows(table)).map((row) => row._run_id)).toEqual([id, id, id]);
  });

  it.each([
    ["no policy", []],
    ["a condition", ["CREATE POLICY USING (team_id >= 0)"]],
    ["a condition on what is written", ["CREATE POLICY USING (true) WITH CHECK (team_id >= 0)"]],
    ["a policy of others", [`CREATE POLICY TO ${stranger} USING (true)`]],
    ["nothing for DELETE", [READ, WRITE]],
    ["nothing for SELECT", [WRITE, REMOVE]],
  ])("is refused with %s, until the statement of the fix is run", async (_, policies) => {
    const secured = await secure(policies);
    const { exported, table } = secured;
    const failure = await failureOf(secured);
    expect(failure).toMatchObject({ code: "row_security", retryable: false });
    expect(failure?.message).toContain(`of the table ${table} can hide rows from the user ${user()}`);
    await sql(/CREATE POLICY penstock .*? USING \(true\)/.exec(failure?.fix ?? "")![0]);
    await runWindow(project, exported, window);
    expect(await postgresHarness.rows(table)).toHaveLength(3);
  });

  it("is refused with a restrictive policy, which only disabling lifts", async () => {
    const secured = await secure([ALL, "CREATE POLICY AS RESTRICTIVE USING (team_id >= 0)"]);
    const { exported, table } = secured;
    const failure = await failureOf(secured);
    expect(failure).toMatchObject({ code: "row_security", retryable: false });
    expect(failure?.fix).toContain(`ALTER TABLE "public"."${table}" DISABLE ROW LEVEL SECURITY`);
    await sql(`ALTER TABLE "public"."${table}" DISABLE ROW LEVEL SECURITY`);
    await runWindow(project, exported, window);
  });

  it("is refused without a policy for UPDATE only if deleted persons are marked", async () => {
    const policies = [READ, WRITE, REMOVE];
    const removing = await secure(policies, { model: "persons" });
    expect(await failureOf(removing)).toBeNull();
    const marking = await secure(policies, { model: "persons", settings: { deletedPersons: "mark" } });
    expect(await failureOf(marking)).toMatchObject({ code: "row_security" });
  });
});

describe("an audit by a user who may only read", () => {
  const audit = async ({ exported, runId }: Secured) =>
    (await auditRuns(deps(), exported.id, [runId], { isDeep: false, signal: AbortSignal.timeout(60_000) }))[0];

  async function readOnly({ exported, table }: Secured): Promise<string> {
    const [username, password] = [unique("reader"), randomUUID()];
    await sql(`CREATE USER ${username} WITH PASSWORD '${password}'; GRANT SELECT ON ${table} TO ${username}`);
    await patchConnection(project.actor, { id: exported.connectionId, config: { username, password } });
    return username;
  }

  it("does not take hidden rows for lost ones, and has them counted once a policy shows them", async () => {
    const secured = await secure([`CREATE POLICY TO ${user()} USING (true)`]);
    expect(await audit(secured)).toMatchObject({ outcome: "intact" });
    const reader = await readOnly(secured);
    const found = await audit(secured);
    expect(found).toMatchObject({ outcome: "unknown", found: { rows: null } });
    expect(found?.reason).toContain(`can hide rows from the user ${reader}`);
    expect(found?.reason).toContain("BYPASSRLS");
    await sql(/CREATE POLICY penstock .* FOR SELECT .*? USING \(true\)/.exec(found?.reason ?? "")![0]);
    expect(await audit(secured)).toMatchObject({ outcome: "intact", found: { rows: 3 } });
    await sql(`DELETE FROM ${secured.table}`);
    expect(await audit(secured)).toMatchObject({ outcome: "missing", found: { rows: 0 } });
  });

  it("counts everything with BYPASSRLS", async () => {
    const secured = await secure([]);
    await sql(`ALTER ROLE ${await readOnly(secured)} BYPASSRLS`);
    expect(await audit(secured)).toMatchObject({ outcome: "intact", found: { rows: 3 } });
  });
});
