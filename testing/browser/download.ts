import type { Locator, Page } from "@playwright/test";

/** Clicks a control that saves a file, and returns the file's name and bytes. */
export async function downloadBy(page: Page, control: Locator): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), control.click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString() };
}
