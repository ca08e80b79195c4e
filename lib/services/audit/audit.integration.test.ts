import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import * as operations from "@/lib/openapi/operations";
import { MINUTE } from "@/lib/units";
import { ownerOf } from "@/testing/api/actor";
import { call } from "@/testing/api/call";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Person, type Tenant } from "@/testing/api/tenant";
import { listAudit } from "./list";
import { recordAudit } from "./record";

let tenant: Tenant;
let owner: Person;
let headers: { cookie: string };

beforeAll(async () => {
  tenant = await makeTenant();
  owner = await makeUser(tenant, "owner");
  headers = await makeSession(owner);
  const actor = { ...ownerOf(tenant.organizationId, []), userId: owner.userId, name: owner.email };
  const entries = [
    ["export.create", "one", "100% of Events"],
    ["export.update", "one", "100% of Events"],
    ["connection.create", "two", "a_bucket"],
    ["connection.create", "three", "aXbucket"],
  ] as const;
  for (const [action, id, name] of entries)
    await recordAudit(getDb(), actor, { action, object: { id, name }, projectId: tenant.projectId, after: { name } });
});

const log = async (query: Record<string, string | number>) =>
  (await call(operations.listAudit, { headers, query })).body;
const ids = async (query: Record<string, string | number>) =>
  (await log(query)).items.map(({ action, object }) => `${action} ${object.id}`);

describe("the audit log", () => {
  it("is filtered by what, on which, by whom and when", async () => {
    expect(await ids({ action: "export.update" })).toEqual(["export.update one"]);
    expect(await ids({ objectType: "connection" })).toEqual(["connection.create three", "connection.create two"]);
    expect(await ids({ objectType: "export", objectId: "one" })).toHaveLength(2);
    expect(await ids({ actorId: owner.userId, projectId: tenant.projectId })).toHaveLength(4);
    expect(await ids({ actorId: "nobody" })).toEqual([]);
    const { items } = await log({});
    const last = items[0]!.time;
    expect(await ids({ from: last })).toContain("connection.create three");
    expect(await ids({ to: last })).not.toContain("connection.create three");
    expect(await ids({ from: new Date(Date.now() + MINUTE).toISOString() })).toEqual([]);
  });

  it("is searched for texts that stand for themselves, in any case", async () => {
    expect(await ids({ text: "100% OF" })).toHaveLength(2);
    expect(await ids({ text: "A_BUCKET" })).toEqual(["connection.create two"]);
    expect(await ids({ text: "%" })).toHaveLength(2);
    expect(await ids({ text: owner.email.toUpperCase(), projectId: tenant.projectId })).toHaveLength(4);
    expect(await ids({ text: "\\" })).toEqual([]);
  });

  it("is looked through bit by bit, to its end", async () => {
    const actor = ownerOf(tenant.organizationId, [tenant.projectId]);
    const pages: string[][] = [];
    let cursor: string | undefined;
    for (;;) {
      const { items, nextCursor } = await listAudit(
        actor,
        { limit: 10, text: "100% of", ...(cursor && { cursor }) },
        1,
      );
      pages.push(items.map(({ object }) => object.id));
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    expect(pages.flat()).toEqual(["one", "one"]);
    expect(pages.length).toBeGreaterThanOrEqual(4);
    const object = { objectType: "export", objectId: "one" };
    expect((await listAudit(actor, { limit: 10, ...object }, 1)).items).toHaveLength(2);
  });

  it("comes page by page, the newest first", async () => {
    const first = await log({ limit: 3, projectId: tenant.projectId });
    const second = await log({ limit: 3, projectId: tenant.projectId, cursor: first.nextCursor ?? "" });
    const all = [...first.items, ...second.items].map(({ id }) => id);
    expect(all).toHaveLength(4);
    expect(all).toEqual([...all].sort((a, b) => b - a));
    expect(second.nextCursor).toBeNull();
  });

  it("is one organization's", async () => {
    const stranger = await makeSession(await makeUser(await makeTenant(), "owner"));
    const { body } = await call(operations.listAudit, { headers: stranger, query: { objectId: "one" } });
    expect(body.items).toEqual([]);
  });
});

describe("projects and organizations", () => {
  it("are made and renamed by those who may, which the log tells with what changed", async () => {
    const operator = await makeUser(tenant, "admin", { operator: true });
    const asked = { headers: await makeSession(operator) };
    const sourceProjectId = tenant.sourceProjectId + 1;
    const made = await call(operations.createProject, { ...asked, body: { name: "Second", sourceProjectId } });
    const params = { projectId: made.body.id };
    await call(operations.patchProject, { ...asked, params, body: { name: "Third" } });
    await call(operations.patchProject, { ...asked, params, body: { name: "Third" } });
    const { items } = await log({ objectId: made.body.id });
    expect(items.map(({ action, changes }) => [action, changes])).toEqual([
      ["project.update", [{ field: "name", before: "Second", after: "Third" }]],
      [
        "project.create",
        [
          { field: "name", before: null, after: "Second" },
          { field: "sourceProjectId", before: null, after: sourceProjectId },
        ],
      ],
    ]);

    const again = await call(operations.createProject, { ...asked, body: { name: "Fourth", sourceProjectId } });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining("source_project_taken")]);

    const organization = await call(operations.createOrganization, { ...asked, body: { name: "Another" } });
    const me = await call(operations.getMe, asked);
    expect(me.body.organization.id).toBe(tenant.organizationId);
    expect(me.body.organizations.map(({ id, role }) => [id, role])).toContainEqual([organization.body.id, "owner"]);

    await call(operations.patchOrganization, { headers, body: { name: "Renamed" } });
    const [renamed] = (await log({ action: "organization.update" })).items;
    expect(renamed?.changes).toEqual([{ field: "name", before: "A test's organization", after: "Renamed" }]);
  });
});
