import { ifDatabase } from "@/lib/db/errors";
import { AppError } from "@/lib/errors";
import { getLogger, loggable } from "./logger";

/** An error of the metadata database as an API error, logged, if the database is away. Otherwise unchanged. */
export function databaseError(error: unknown): unknown {
  const known = ifDatabase(error);
  if (known instanceof AppError && known.cause !== undefined)
    getLogger().warn({ error: loggable(known.cause) }, "The metadata database couldn't be used.");
  return known;
}
