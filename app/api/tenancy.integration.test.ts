import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

// The permission matrix covers access to another organization's objects by id.

let owner: Tenant;
let stranger: Tenant;
let connectionId: string;

beforeAll(async () => {
  owner = await makeTenant();
  stranger = await makeTenant();
  connectionId = (await makeConnection(owner)).id;
  await makeExport(owner, connectionId);
});

describe("another organization's key", () => {
  it("can't use the owner's connection for an export", async () => {
    const answer = await call(operations.createExport, {
      key: stranger.key,
      params: { projectId: stranger.projectId },
      body: { name: "Not mine", connectionId, destination: { type: "s3" }, schedule: { every: "hour" } },
    });
    expect(answer.status).toBe(422);
    expect(errorOf(answer).details?.[0]?.path).toBe("connectionId");
  });

  it("sees nothing of the owner's in its lists", async () => {
    const params = { projectId: stranger.projectId };
    expect((await call(operations.listExports, { key: stranger.key, params })).body.items).toEqual([]);
    expect((await call(operations.listConnections, { key: stranger.key, params })).body.items).toEqual([]);
  });
});
