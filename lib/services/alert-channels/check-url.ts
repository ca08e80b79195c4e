import { invalid } from "@/lib/errors";
import { checkAddress } from "@/lib/net/guard";

/** Rejects an address that Penstock must not post to. Every delivery checks it again. */
export async function checkUrl(url: string, organizationId: string): Promise<void> {
  const message = await checkAddress(url, { purpose: "webhook", organizationId });
  if (message !== null) throw invalid(`url is refused: ${message}`, [{ path: "url", message }]);
}
