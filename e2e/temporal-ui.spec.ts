import { randomUUID } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { getEnv } from "@/lib/env";
import { dataConverter } from "@/lib/temporal/connection";
import { runWorkflowId } from "@/lib/temporal/contract";
import { closeAll, makeNamedTenant, makeOperator, personIn } from "@/testing/browser/tenant";
import { expect, test } from "@/testing/browser/test";
import { OwnTemporal } from "@/testing/runs/own-temporal";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

let temporal: OwnTemporal;
let web: SpawnedWeb;
test.beforeAll(async () => {
  temporal = await OwnTemporal.start();
  web = await spawnWeb({ TEMPORAL_UI_ORIGIN: temporal.ui });
});
test.afterAll(async () => {
  await web?.stop();
  await temporal?.stop();
});
test.afterEach(({ browser }) => closeAll(browser));

/** Starts a workflow that no worker takes, with this input. */
async function startWorkflow(input: object): Promise<string> {
  const connection = await Connection.connect({ address: temporal.address });
  const workflowId = runWorkflowId(randomUUID());
  const client = new Client({ connection, dataConverter: dataConverter(getEnv()) });
  await client.workflow.start("s3-export", { workflowId, taskQueue: "nobody", args: [input] });
  await connection.close();
  return workflowId;
}

test("Temporal's own UI shows payloads to an operator, and to nobody else", async ({ browser, stack }) => {
  const exportId = randomUUID();
  const workflowId = await startWorkflow({ exportId });
  const { page, person } = await personIn(browser, stack, await makeNamedTenant(), "owner");
  await page.goto(`${temporal.ui}/namespaces/default/workflows/${workflowId}`);
  await expect(page.getByText("encryption-kind")).toBeVisible();
  await page.getByRole("button", { name: "Configure Codec Server" }).click();
  await page.getByRole("textbox", { name: "Codec Server browser endpoint" }).fill(`${web.web}/api/temporal-codec`);
  await page.getByText("Include cross-origin credentials").click();
  const refused = page.waitForResponse((response) => response.url().endsWith("/api/temporal-codec/decode"));
  await page.getByRole("button", { name: "Apply" }).click();
  await page.reload();
  expect((await refused).status()).toBe(403);
  await expect(page.getByText(exportId)).toHaveCount(0);

  await makeOperator(person);
  await page.reload();
  await expect(page.getByText(exportId).first()).toBeVisible();
});
