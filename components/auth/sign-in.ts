import { ApiError } from "@/lib/client/api";
import * as auth from "@/lib/client/auth";

/** Signs in. Returns the reason for a failure in one sentence, or null. */
export async function signIn(login: { email: string; password: string }): Promise<string | null> {
  try {
    await auth.signIn(login);
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}
