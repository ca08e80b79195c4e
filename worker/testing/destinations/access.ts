import { expect, it } from "vitest";
import { verifyConnection } from "@/lib/destinations/registry";
import { splitConfig } from "@/lib/services/connections/split";
import type { TestProject } from "../project";
import type { Harness } from "./harness";
import { makeRun, makeWarehouseExport, plan } from "./steps";

const WINDOW = { start: new Date("2025-06-01T21:00:00Z"), end: new Date("2025-06-01T22:00:00Z") };

/** The part of the contract that is about being let in. */
export function accessContract(harness: Harness, project: () => TestProject): void {
  const verify = (config: object) =>
    verifyConnection({ type: harness.type, ...splitConfig(harness.type, config), externalId: "" }, []);

  it("is verified step by step, and nothing of that stays", async () => {
    const before = await harness.leftovers();
    const result = await verify(harness.config());
    expect(result.steps.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(result.ok).toBe(true);
    expect(await harness.leftovers()).toEqual(before);
  });

  it.skipIf(!harness.weakConfig)(
    `names the permission that is missing${harness.weakConfig ? "" : " (skipped: this stand-in has no permissions)"}`,
    async () => {
      const { ok, steps } = await verify(await harness.weakConfig!());
      expect(ok).toBe(false);
      const failed = steps.find(({ status }) => status === "failed");
      expect(failed).toMatchObject({
        fix: expect.stringContaining("GRANT"),
        statement: expect.stringContaining("GRANT"),
      });
    },
  );

  it.skipIf(!harness.wrongConfig)(
    `tells a wrong secret, for good${harness.wrongConfig ? "" : " (skipped: this stand-in lets everybody in)"}`,
    async () => {
      const exported = await makeWarehouseExport(project(), harness, { config: harness.wrongConfig!() });
      const id = await makeRun(project(), exported, WINDOW);
      await expect(plan(id)).rejects.toMatchObject({ failure: { code: "bad_credentials", retryable: false } });
    },
  );
}
