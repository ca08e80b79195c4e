import { getWebEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { appOrigins } from "@/lib/services/auth/auth";

/**
 * Refuses a write that another site's page makes with the person's cookie. A browser always names the origin of a write; a
 * request without one is no browser's and carries a cookie only if its sender has it.
 */
export function requireSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const foreign = origin === null ? site === "cross-site" || site === "same-site" : !isOwn(origin, headers.get("host"));
  if (foreign) throw new AppError("forbidden", "This request comes from another site's page.", 403);
}

function isOwn(origin: string, host: string | null): boolean {
  if (appOrigins(getWebEnv().APP_URL).includes(origin)) return true;
  return URL.canParse(origin) && host !== null && new URL(origin).host === host;
}
