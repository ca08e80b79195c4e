import { AppError, unavailable } from "@/lib/errors";
import { getTemporal } from "@/lib/temporal/client";
import { getLogger, loggable } from "./logger";

/** How long Temporal may take to answer, in ms: whoever waits at a button should not wait longer. */
const DEADLINE = 10_000;

/** Calls Temporal, for at most `patience` ms. Whatever goes wrong there is answered as a 503 that names the part; nothing of the caller's is to blame. */
export async function withTemporal<T>(call: () => Promise<T>, patience = DEADLINE): Promise<T> {
  try {
    return await getTemporal().withDeadline(Date.now() + patience, call);
  } catch (error) {
    if (error instanceof AppError) throw error;
    getLogger().warn({ error: loggable(error) }, "Temporal could not be asked.");
    throw unavailable("temporal", "Temporal can't be reached, so nothing was changed. Try again in a moment.");
  }
}
