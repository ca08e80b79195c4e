import { getWebEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { appOrigins } from "@/lib/services/auth";

/**
 * Refuses a write that another site's page makes with the person's cookie, unless it is of the one `other` origin.
 * Browsers always send the origin of a write. A request without one comes from another client, which sends only its own
 * cookie.
 */
export function requireSameOrigin(headers: Headers, other?: string): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const own = appOrigins(getWebEnv().APP_URL);
  const foreign = origin === null ? site === "cross-site" || site === "same-site" : ![...own, other].includes(origin);
  if (!foreign) return;
  const message = `This request came from a page outside ${own[0]}. Open Penstock at that address, or set APP_URL to the address in use.`;
  throw new AppError("forbidden", message, 403);
}
