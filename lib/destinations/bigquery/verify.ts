import { randomUUID } from "node:crypto";
import type { VerifyResult } from "../../schemas/connection";
import { probeRun } from "../../warehouse/probe";
import { runSteps, type WarehouseStep } from "../../warehouse/verify";
import { BigqueryClient, type BigqueryConnection } from "./client";
import { bigqueryFailure } from "./errors";
import { openBigquery } from "./open";
import { type BigquerySettings, bigquerySettingsSchema } from "./schema";
import { deleteTable } from "./tables";
import { connectSteps, probeSteps, tableStep } from "./verify-steps";

/** Really does what exports will: runs a job, makes a table, loads a row, replaces the window in a transaction, and drops it. */
export async function verifyBigquery(
  connection: BigqueryConnection,
  settings: BigquerySettings[],
): Promise<VerifyResult> {
  const { config } = connection;
  let client: BigqueryClient;
  try {
    client = new BigqueryClient(connection);
  } catch (error) {
    const key: WarehouseStep = { name: "Key", needs: [], run: () => Promise.reject(error) };
    return runSteps([key], (thrown) => bigqueryFailure(thrown, config));
  }
  const explain = (error: unknown) => bigqueryFailure(error, { ...config, email: client.tokens.email });
  const table = `_penstock_verify_${randomUUID().slice(0, 8)}`;
  const probe = openBigquery(connection, bigquerySettingsSchema.parse({ type: "bigquery", table }), probeRun());
  try {
    const steps = [
      ...connectSteps(client),
      ...probeSteps(client, probe, table),
      ...settings.map((setting) => tableStep(client, setting)),
    ];
    const result = await runSteps(steps, explain);
    if (result.steps.some(({ name, status }) => name === "Create table" && status !== "skipped")) {
      await probe.abort().catch(() => {});
      await deleteTable(client, table).catch(() => {});
    }
    return result;
  } finally {
    await probe.close();
    client.close();
  }
}
