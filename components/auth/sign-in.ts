import { authClient } from "@/lib/client/auth";

function failureWords(status: number, message: string | undefined): string {
  if (status === 401) return "This email and password don't go together. Check both and try again.";
  if (status === 429) return "Too many tries. Wait a minute, then try again.";
  if (status === 0) return "The server can't be reached. Check your connection and try again.";
  return message ?? `The server answered ${status}. Try again in a moment.`;
}

/** Signs in; answers why it failed in one sentence that doesn't say which of the two was wrong, or null. */
export async function signIn(login: { email: string; password: string }): Promise<string | null> {
  const { error } = await authClient.signIn.email(login).catch(() => ({ error: { status: 0, message: undefined } }));
  return error ? failureWords(error.status, error.message) : null;
}
