import { AppError } from "@/lib/errors";
import type { Actor } from "./actor";

/** The signed-in person behind an actor, with their session. An API key is nobody: 403. */
export function requirePerson({ userId, sessionId }: Actor): { userId: string; sessionId: string } {
  if (userId === null || sessionId === null)
    throw new AppError("forbidden", "An API key is no user: sign in to do this.", 403);
  return { userId, sessionId };
}
