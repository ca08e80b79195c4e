import { getWebEnv } from "@/lib/env";

/**
 * CORS headers that let pages of TEMPORAL_UI_ORIGIN, and no other origin, send the session's cookie and read the
 * response.
 */
export function uiHeaders(request: Headers): Record<string, string> {
  const { TEMPORAL_UI_ORIGIN: origin } = getWebEnv();
  // Caches must not give one origin's response to another.
  const vary = { vary: "Origin" };
  if (origin === undefined || request.get("origin") !== origin) return vary;
  return { ...vary, "access-control-allow-origin": origin, "access-control-allow-credentials": "true" };
}
