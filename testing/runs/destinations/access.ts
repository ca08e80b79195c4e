import { expect, it } from "vitest";
import { verifyConnection } from "@/lib/destinations/registry";
import { splitConfig } from "@/lib/services/connections/split";
import { makeRun, plan, takeSteps } from "./steps";
import { hour, type Suite, specify } from "./suite";

/** The access part of the contract. */
export function accessContract({ harness, project, make }: Suite): void {
  const verify = (config: object) =>
    verifyConnection({ type: harness.type, ...splitConfig(harness.type, config), externalId: "" }, []);

  it("is verified step by step, and nothing of that stays", async () => {
    const before = await harness.leftovers();
    const result = await verify(harness.config());
    expect(result.steps.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(result.ok).toBe(true);
    expect(await harness.leftovers()).toEqual(before);
  });

  const { weak, wrongConfig } = harness;
  specify("names the permission that is missing", weak ? null : "this stand-in has no permissions", async () => {
    const { ok, steps } = await verify(await weak!.config());
    expect(ok).toBe(false);
    const failed = steps.find(({ status }) => status === "failed");
    expect(failed).toMatchObject({
      fix: expect.stringContaining(weak!.missing),
      statement: expect.stringContaining(weak!.missing),
    });
  });

  specify("tells a wrong secret, for good", wrongConfig ? null : "this stand-in lets everybody in", async () => {
    const exported = await make({ config: wrongConfig!() });
    const id = await makeRun(project(), exported, hour(21));
    // A bucket isn't accessed before the first file.
    const tried = harness.holds === "tables" ? plan(id) : takeSteps(id);
    await expect(tried).rejects.toMatchObject({ failure: { code: "bad_credentials", retryable: false } });
  });
}
