import { getWebEnv } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { isBearer } from "@/lib/services/bearer";
import { processMetrics } from "./exposition";
import { measure } from "./measure";

/** How long to cache the metrics, in ms: several servers may scrape, with one database query. */
const FRESH_MS = 5_000;

let last: { at: number; text: Promise<string> } | undefined;

/** The installation's metrics. Throws a 404 if no METRICS_TOKEN is set, a 401 if the given one is wrong. */
export async function getMetrics(headers: Headers): Promise<string> {
  requireToken(headers.get("authorization"));
  if (!last || Date.now() - last.at > FRESH_MS) {
    const text = measure();
    last = { at: Date.now(), text };
    // A failure reaches only the requests already waiting for it.
    text.catch(() => {
      last = undefined;
    });
  }
  return `${await last.text}${await processMetrics()}`;
}

function requireToken(authorization: string | null): void {
  const { METRICS_TOKEN } = getWebEnv();
  if (METRICS_TOKEN === undefined) throw notFound("address");
  if (isBearer(authorization, METRICS_TOKEN)) return;
  throw new AppError("unauthenticated", "Send the METRICS_TOKEN: Authorization: Bearer <METRICS_TOKEN>.", 401);
}
