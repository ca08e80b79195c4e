import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { getDb } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema";
import * as operations from "@/lib/openapi/operations";
import { call } from "@/testing/api/call";
import { makeSession } from "@/testing/api/session";
import { signUp } from "./sign-up";

const from = { ip: "203.0.113.7", userAgent: "A test" };
const newcomer = () => ({
  name: "Ada",
  email: `${randomUUID()}@penstock.test`,
  password: "a password of Ada's",
  organizationName: "Ada's",
});

// The environment is read once, so sign-up is open for this whole file; an API test covers the closed default.
beforeAll(() => {
  vi.stubEnv("ALLOW_SIGNUP", "true");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

describe("signing up where it is allowed", () => {
  it("makes a login that owns an organization, and no operator", async () => {
    const ada = newcomer();
    const { organization } = await signUp(ada, from);
    const { body } = await call(operations.getMe, { headers: await makeSession(ada) });
    expect(body).toMatchObject({
      organization,
      role: "owner",
      operator: false,
      projects: [],
      user: { email: ada.email },
    });
    const [entry] = await getDb()
      .select()
      .from(auditLog)
      .where(eq(auditLog.organizationId, organization.id))
      .orderBy(auditLog.id);
    expect(entry).toMatchObject({ action: "organization.create", actorName: ada.email, ip: from.ip });
  });

  it("is refused for an address that has a login, however it is written", async () => {
    const ada = newcomer();
    await signUp(ada, from);
    await expect(signUp({ ...ada, organizationName: "Again" }, from)).rejects.toMatchObject({
      status: 409,
      code: "login_exists",
    });
    const shouted = operations.signUp.body?.parse({ ...ada, email: ada.email.toUpperCase() });
    await expect(signUp(shouted!, from)).rejects.toMatchObject({ status: 409 });
  });

  it("makes one login of two that come at once", async () => {
    const ada = newcomer();
    const results = await Promise.allSettled([signUp(ada, from), signUp(ada, from)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});
