import { randomUUID } from "node:crypto";
import type { VerifyResult } from "@/lib/fields/verification";
import { probeRun } from "../warehouse/probe";
import { runSteps, type WarehouseStep } from "../warehouse/verify";
import { BigqueryClient, type BigqueryConnection } from "./client";
import { bigqueryFailure } from "./errors";
import { forgetExport } from "./fence";
import { openBigquery } from "./open";
import { type BigquerySettings, bigquerySettingsSchema } from "./schema";
import { deleteTable } from "./tables";
import { connectSteps, probeSteps, tableStep } from "./verify-steps";

/**
 * Does what exports do: runs a job, creates a table, loads a row, replaces the window in a transaction, and drops it.
 */
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
  const run = probeRun();
  const probed = { ...bigquerySettingsSchema.parse({ type: "bigquery" }), table };
  const probe = openBigquery(connection, probed, run);
  const dropped = async () => {
    await deleteTable(client, table);
    await forgetExport(client, run.exportId);
  };
  try {
    const steps = [
      ...connectSteps(client),
      ...probeSteps(client, probe, dropped),
      ...settings.map((setting) => tableStep(client, setting)),
    ];
    const result = await runSteps(steps, explain);
    if (result.steps.some(({ name, status }) => name === "Create table" && status !== "skipped")) {
      await probe.abort().catch(() => {});
      await dropped().catch(() => {});
    }
    return result;
  } finally {
    await probe.close();
    client.close();
  }
}
