import type { Origin } from "./actor";

/** The client's address and user agent, as forwarded by the reverse proxy. */
export function originOf(headers: Headers): Origin {
  const ip = headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
  return { ip, userAgent: headers.get("user-agent")?.slice(0, 400) ?? null };
}
