import { invalidField } from "@/lib/errors";
import { checkAddress } from "@/lib/net/guard";

/** Rejects an address that Penstock must not post to. Every delivery checks it again. */
export async function checkUrl(url: string, organizationId: string): Promise<void> {
  const message = await checkAddress(url, { purpose: "webhook", organizationId });
  if (message !== null) throw invalidField("url", message);
}

/** Rejects receipts for a channel that people read: no one could verify them there. */
export function requireWebhook(kind: "webhook" | "slack", receipts: boolean | undefined): void {
  if (!receipts || kind === "webhook") return;
  throw invalidField("receipts", "Only for webhooks: Slack can't carry a signed receipt.");
}
