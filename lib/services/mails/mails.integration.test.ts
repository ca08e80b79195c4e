import { ScheduleOverlapPolicy } from "@temporalio/client";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import * as operations from "@/lib/openapi/operations";
import { getTemporal } from "@/lib/temporal/client";
import { reconcileId } from "@/lib/temporal/contract";
import { call } from "@/testing/api/call";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";
import { until } from "@/testing/runs/until";
import { queueMail } from "./queue";

let tenant: Tenant;
let owner: { cookie: string };
let operator: { cookie: string };

beforeAll(async () => {
  tenant = await makeTenant();
  owner = await makeSession(await makeUser(tenant, "owner"));
  operator = await makeSession(await makeUser(tenant, "owner", { operator: true }));
});

const queue = (organizationId: string | null) =>
  queueMail(getDb(), { organizationId, to: "a@penstock.test", subject: "Hello", text: "A link in it.", html: "<p/>" });

const get = (id: string, headers: { cookie: string }) => call(operations.getMail, { headers, params: { id } });

describe("mails where no mail server is set", () => {
  it("are kept by the worker, which looks every minute, and then owners can read them", async () => {
    const id = await queue(tenant.organizationId);
    expect((await get(id, owner)).body).toMatchObject({ state: "queued", text: "" });
    const reconciling = getTemporal().schedule.getHandle(reconcileId("deliver"));
    expect((await reconciling.describe()).spec.intervals).toMatchObject([{ every: 60_000 }]);
    // Buffered after a running round, which may have already looked.
    await reconciling.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
    const kept = await until("the mail was kept", async () => {
      const { body } = await get(id, owner);
      return body.state === "kept" && body;
    });
    expect(kept).toMatchObject({ to: "a@penstock.test", subject: "Hello", text: "A link in it.", sentAt: null });
    const { body } = await call(operations.listMails, { headers: owner });
    expect(body.items.map((mail) => mail.id)).toEqual([id]);
  });

  it("are nobody else’s", async () => {
    const id = await queue(tenant.organizationId);
    const foreign = await makeSession(await makeUser(await makeTenant(), "owner"));
    expect((await get(id, foreign)).status).toBe(404);
    const admin = await makeSession(await makeUser(tenant, "admin"));
    expect((await get(id, admin)).status).toBe(403);
  });

  it("that belong to no organization are read by those who run the installation", async () => {
    const id = await queue(null);
    expect((await get(id, operator)).status).toBe(200);
    expect((await get(id, owner)).status).toBe(404);
  });

  it("come page by page to those who run the installation, their organization's among the others, the newest first", async () => {
    const made: string[] = [];
    for (const organizationId of [null, tenant.organizationId, null, tenant.organizationId])
      made.unshift(await queue(organizationId));
    const found: string[] = [];
    let cursor = "";
    while (found.length < made.length) {
      const query = { limit: 3, ...(cursor !== "" && { cursor }) };
      const { body } = await call(operations.listMails, { headers: operator, query });
      found.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor ?? "";
    }
    expect(found.slice(0, made.length)).toEqual(made);
  });
});
