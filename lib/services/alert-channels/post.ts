import { ExportError } from "@/lib/errors";
import { post } from "@/lib/net/post";
import { getLogger, loggable } from "@/lib/services/logger";
import { openChannel } from "./secrets";
import { signature } from "./sign";

const TIMEOUT = 10_000;

/**
 * Posts to a channel; webhook bodies are signed. Returns null on any 2xx, otherwise an error in our own words: of the
 * response, only the status is shown. Does not follow redirects.
 */
export async function postToChannel(
  channel: { id: string; secrets: string; organizationId: string },
  deliveryId: string,
  payload: object,
): Promise<string | null> {
  const body = JSON.stringify(payload);
  try {
    const { organizationId } = channel;
    const { url, signingSecret } = openChannel(channel);
    const time = Math.floor(Date.now() / 1000);
    const headers: Record<string, string> = { "content-type": "application/json", "x-penstock-delivery": deliveryId };
    if (signingSecret !== null) headers["x-penstock-signature"] = signature(signingSecret, body, time);
    const { status } = await post(url, { headers, body, timeoutMs: TIMEOUT }, { purpose: "webhook", organizationId });
    return refusal(status);
  } catch (error) {
    if (error instanceof ExportError) return error.failure.message;
    getLogger().error({ channel: channel.id, error: loggable(error) }, "Posting a message failed.");
    return "Something went wrong in Penstock. Check the worker’s log.";
  }
}

/** Explains an HTTP status that means failure; null for success. */
export function refusal(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400)
    return `The URL redirects (${status}), and Penstock doesn't follow redirects. Enter the target's URL.`;
  if (status === 401 || status === 403) return `The URL refuses access (${status}). Check it, and the token in it.`;
  if (status === 404 || status === 410) return `Nothing is at this URL (${status}).`;
  return `The URL responded with status ${status}.`;
}
