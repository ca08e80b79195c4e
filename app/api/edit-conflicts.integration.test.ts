import { beforeAll, describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { utc } from "@/lib/utc";
import { call, errorOf } from "@/testing/api/call";
import { makeConnection, makeExport } from "@/testing/api/make";
import { makeTenant, type Tenant } from "@/testing/api/tenant";

let tenant: Tenant;
let key: string;

beforeAll(async () => {
  tenant = await makeTenant();
  key = tenant.key;
});

describe("an edit of an export", () => {
  it("is refused if another changed it since, and names the fields that differ", async () => {
    const { id, updatedAt } = await makeExport(tenant, (await makeConnection(tenant)).id);
    const patch = (body: object) => call(operations.patchExport, { key, params: { id }, body });
    const first = await patch({ name: "Theirs", pauseAfterFailures: 7, ifUpdatedAt: updatedAt });
    expect(first.status).toBe(200);
    const second = await patch({
      name: "Mine",
      pauseAfterFailures: 7,
      schedule: { every: "day" },
      ifUpdatedAt: updatedAt,
    });
    expect(second.status).toBe(409);
    expect(errorOf(second)).toMatchObject({
      code: "edit_conflict",
      message: expect.stringContaining(utc(new Date(first.body.updatedAt))),
    });
    expect(
      errorOf(second)
        .details?.map(({ path }) => path)
        .toSorted(),
    ).toEqual(["name", "schedule"]);
    const stored = (await call(operations.getExport, { key, params: { id } })).body;
    expect(stored).toMatchObject({ name: "Theirs", pauseAfterFailures: 7, schedule: { every: "hour" } });

    const onTop = await patch({ name: "Mine", ifUpdatedAt: first.body.updatedAt });
    expect(onTop.body).toMatchObject({ name: "Mine", pauseAfterFailures: 7 });
  });

  it("of two at the same moment wins once", async () => {
    const { id, updatedAt } = await makeExport(tenant, (await makeConnection(tenant)).id);
    const patch = (name: string) =>
      call(operations.patchExport, { key, params: { id }, body: { name, ifUpdatedAt: updatedAt } });
    const answers = await Promise.all([patch("A"), patch("B"), patch("C")]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });

  it("without a version is taken as ever", async () => {
    const { id } = await makeExport(tenant, (await makeConnection(tenant)).id);
    for (const name of ["One", "Two"])
      expect((await call(operations.patchExport, { key, params: { id }, body: { name } })).body.name).toBe(name);
  });
});

describe("an edit of a connection", () => {
  it("is refused if another changed it since, without a word about secrets", async () => {
    const { id, updatedAt } = await makeConnection(tenant);
    const patch = (body: object) => call(operations.patchConnection, { key, params: { id }, body });
    const first = await patch({ name: "Theirs", ifUpdatedAt: updatedAt });
    expect(first.status).toBe(200);
    const config = { region: "eu-north-1", secretAccessKey: "another" };
    const second = await patch({ name: "Mine", config, ifUpdatedAt: updatedAt });
    expect(second.status).toBe(409);
    expect(errorOf(second).code).toBe("edit_conflict");
    expect(errorOf(second).details?.map(({ path }) => path)).toEqual(["name", "config.region"]);
    const { body } = await call(operations.getConnection, { key, params: { id } });
    expect(body).toMatchObject({ name: "Theirs", updatedAt: first.body.updatedAt });
    expect((await patch({ name: "Mine", ifUpdatedAt: body.updatedAt })).body.name).toBe("Mine");
  });
});
