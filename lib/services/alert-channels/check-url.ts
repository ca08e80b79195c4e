import { invalid } from "@/lib/errors";
import { checkAddress } from "@/lib/net/guard";

/** Refuses an address that Penstock must not post to. It is looked at again whenever something is sent. */
export async function checkUrl(url: string, organizationId: string): Promise<void> {
  const message = await checkAddress(url, { purpose: "webhook", organizationId });
  if (message !== null) throw invalid(`url is refused: ${message}`, [{ path: "url", message }]);
}
