import type { Origin } from "./actor";

/** Where a request came from, as the server in front of the app passes it on. */
export function originOf(headers: Headers): Origin {
  const ip = headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
  return { ip, userAgent: headers.get("user-agent")?.slice(0, 400) ?? null };
}
