import { expect, type Page } from "@playwright/test";
import type { Api } from "./api";
import { choose } from "./choose";

/** Opens the wizard and completes its first step. */
export async function startWizard(page: Page, name: string, data = "Events"): Promise<void> {
  await page.goto("/exports/new");
  await page.getByLabel("Export name").fill(name);
  await page.getByRole("radio", { name: data }).first().click();
  await next(page, "Where it goes");
}

/** Selects a saved connection; ends on the files step. */
export async function chooseConnection(page: Page, { name }: { name: string }): Promise<void> {
  await choose(page, "Connection", name);
  await next(page, "What the files look like");
}

type NewConnection = ReturnType<Api["localConnection"]>;

/** Fills in a new S3-compatible connection, in the wizard or on its own page. */
export async function fillConnection(page: Page, { name, config }: NewConnection): Promise<void> {
  const nameField = page.getByLabel("Connection name");
  const choice = page.getByRole("radio", { name: /A new connection/ });
  // Without a saved connection there is no choice.
  await expect(nameField.or(choice).first()).toBeVisible();
  if (await choice.isVisible()) await choice.click();
  await nameField.fill(name);
  await choose(page, "Provider", "Another S3-compatible server");
  await page.getByLabel("Endpoint").fill(config.endpoint ?? "");
  await page.getByLabel("Bucket", { exact: true }).fill(config.bucket);
  await page.getByLabel("Region").fill(config.region);
  await page.getByLabel("Access key ID").fill(config.accessKeyId ?? "");
  await page.getByLabel("Secret access key").fill(config.secretAccessKey ?? "");
}

/** Clicks Next and waits for the next step's heading. */
export async function next(page: Page, heading: string): Promise<void> {
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByRole("heading", { name: heading })).toBeVisible();
}
