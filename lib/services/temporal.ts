import { AppError, unavailable } from "@/lib/errors";
import { getLogger, loggable } from "./logger";

/** Calls Temporal. Whatever goes wrong there is answered as a 503 that names the part; nothing of the caller's is to blame. */
export async function withTemporal<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AppError) throw error;
    getLogger().warn({ error: loggable(error) }, "Temporal could not be asked.");
    throw unavailable("temporal", "Temporal can't be reached, so nothing was changed. Try again in a moment.");
  }
}
