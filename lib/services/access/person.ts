import { AppError } from "@/lib/errors";
import type { Actor } from "./actor";

/** The signed-in user and session behind an actor. Throws a 403 for an API key. */
export function requirePerson({ userId, sessionId }: Actor): { userId: string; sessionId: string } {
  if (userId === null || sessionId === null)
    throw new AppError("forbidden", "API keys can't do this. Sign in to do it.", 403);
  return { userId, sessionId };
}
