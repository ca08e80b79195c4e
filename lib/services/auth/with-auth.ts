import { isAPIError } from "better-auth/api";
import { sql } from "drizzle-orm";
import { getBriefDb } from "@/lib/db/client";
import { getAuth } from "./auth";

const PATIENCE_MS = 2_000;

/**
 * Calls better-auth. It keeps to itself why its queries failed, so this asks the database: if that is away, throws its
 * error instead, which callers can act on.
 */
export async function withAuth<T>(call: (api: ReturnType<typeof getAuth>["api"]) => Promise<T>): Promise<T> {
  try {
    return await call(getAuth().api);
  } catch (error) {
    if (isAPIError(error) && error.statusCode >= 500) await getBriefDb(PATIENCE_MS).execute(sql`select 1`);
    throw error;
  }
}
