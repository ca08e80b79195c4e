import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { members } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport, makeRun } from "@/testing/api/make";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";

let home: Tenant;
let second: Tenant;
let stranger: Tenant;
let cookie: { cookie: string };
let runId: string;

beforeAll(async () => {
  [home, second, stranger] = [await makeTenant(), await makeTenant(), await makeTenant()];
  const person = await makeUser(home, "owner");
  await getDb()
    .insert(members)
    .values({ organizationId: second.organizationId, userId: person.userId, role: "viewer" });
  cookie = await makeSession(person);
  const { id } = await makeExport(second, (await makeConnection(second)).id);
  const window = { intervalStart: new Date(Date.UTC(2026, 0, 1)), intervalEnd: new Date(Date.UTC(2026, 0, 1, 1)) };
  runId = await makeRun(second, id, { ...window, state: "Completed" });
});

const inOrganization = (id: string) => ({ ...cookie, [ORGANIZATION_HEADER]: id });

describe("a session's request", () => {
  it.each([
    ["names none", () => cookie, () => home],
    ["names the last one", () => inOrganization(home.organizationId), () => home],
    ["names another one of the user", () => inOrganization(second.organizationId), () => second],
    ["names it in capitals", () => inOrganization(second.organizationId.toUpperCase()), () => second],
  ])("works in the organization that it means: it %s", async (_, headers, expected) => {
    const me = await call(operations.getMe, { headers: headers() });
    expect(me.body.organization.id).toBe(expected().organizationId);
    expect(me.body.role).toBe(expected() === home ? "owner" : "viewer");
    const projects = await call(operations.listProjects, { headers: headers() });
    expect(projects.body.items.map(({ id }) => id)).toEqual([expected().projectId]);
  });

  it("has the role of that organization", async () => {
    const body = { name: "Renamed" };
    const answer = await call(operations.patchOrganization, { headers: inOrganization(second.organizationId), body });
    expect(answer.status).toBe(403);
  });

  it.each([
    ["of others", () => stranger.organizationId],
    ["that doesn't exist", () => crypto.randomUUID()],
    ["that is no id", () => "' or 1=1 --"],
    ["without a name", () => ""],
  ])("is refused in an organization %s", async (_, id) => {
    const answer = await call(operations.listProjects, { headers: inOrganization(id()) });
    expect(answer.status).toBe(409);
    expect(errorOf(answer).code).toBe("other_organization");
  });
});

describe("a link to a file", () => {
  const download = (query: Record<string, string>, headers: Record<string, string> = cookie) =>
    call(operations.downloadRunLogs, { headers, params: { id: runId }, query });

  it("names the organization in its query", async () => {
    expect((await download({})).status).toBe(404);
    expect((await download({ organization: second.organizationId })).status).toBe(200);
    expect((await download({ organization: stranger.organizationId })).status).toBe(409);
    for (const id of ["", "none", "\u{faf75}é"]) expect((await download({ organization: id })).status).toBe(422);
  });

  it("can't lead a key elsewhere", async () => {
    const key = { authorization: `Bearer ${second.key}` };
    expect((await download({ organization: second.organizationId }, key)).status).toBe(200);
    expect((await download({ organization: home.organizationId }, key)).status).toBe(409);
  });
});
