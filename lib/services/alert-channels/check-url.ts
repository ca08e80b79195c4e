import { invalid } from "@/lib/errors";
import { checkAddress } from "@/lib/net/guard";

/** Rejects an address that Penstock must not post to. Every delivery checks it again. */
export async function checkUrl(url: string, organizationId: string): Promise<void> {
  const message = await checkAddress(url, { purpose: "webhook", organizationId });
  if (message !== null) throw invalid(`url is refused: ${message}`, [{ path: "url", message }]);
}

/** Rejects receipts for a channel that people read: no one could verify them there. */
export function requireWebhook(kind: "webhook" | "slack", receipts: boolean | undefined): void {
  if (!receipts || kind === "webhook") return;
  const message = "goes only with a webhook: Slack can't carry a receipt as it is signed";
  throw invalid(`receipts ${message}`, [{ path: "receipts", message }]);
}
