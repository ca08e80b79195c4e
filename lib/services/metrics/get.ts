import { createHash, timingSafeEqual } from "node:crypto";
import { getWebEnv } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { processMetrics } from "./exposition";
import { measure } from "./measure";

/** For how long what was measured is answered again, in ms: several servers may scrape, the database is asked once. */
const FRESH_MS = 5_000;

let last: { at: number; text: Promise<string> } | undefined;

/** The metrics of the installation, for whoever has the METRICS_TOKEN. 404 while none is set, 401 for a wrong one. */
export async function getMetrics(headers: Headers): Promise<string> {
  requireToken(headers.get("authorization"));
  if (!last || Date.now() - last.at > FRESH_MS) {
    const text = measure();
    last = { at: Date.now(), text };
    // A failure is answered to those who wait for it, and to nobody after them.
    text.catch(() => {
      last = undefined;
    });
  }
  return `${await last.text}${await processMetrics()}`;
}

function requireToken(authorization: string | null): void {
  const { METRICS_TOKEN } = getWebEnv();
  if (METRICS_TOKEN === undefined) throw notFound("address");
  // Hashes are compared, because the comparison wants equal lengths and a token's length is a secret too.
  const hash = (value: string) => createHash("sha256").update(value).digest();
  const given = /^Bearer +(\S+)$/i.exec(authorization?.trim() ?? "")?.[1] ?? "";
  if (timingSafeEqual(hash(given), hash(METRICS_TOKEN))) return;
  throw new AppError("unauthenticated", "Send the METRICS_TOKEN as Authorization: Bearer <token>.", 401);
}
