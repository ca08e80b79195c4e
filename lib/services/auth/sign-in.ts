import { isAPIError } from "better-auth/api";
import { AppError } from "@/lib/errors";
import type { SignIn } from "@/lib/schemas/me";
import { nameOf } from "@/lib/services/rate-limits/requests";
import { forget, giveBack, spend } from "@/lib/services/rate-limits/spend";
import { getAuth } from "./auth";
import { originOf } from "./origin";

/**
 * Signs in and returns the cookies of the session. Wrong passwords are counted by account, so that other addresses don't
 * help, and by address, so that other accounts don't; a right one is not counted. Whether there is such an account is never
 * told: neither by the words, nor by the time, for an unknown one a password is hashed all the same.
 */
export async function signIn({ email, password }: SignIn, headers: Headers): Promise<string[]> {
  const address = nameOf(originOf(headers));
  await spend("sign-in-address", address);
  await spend("sign-in-account", email);
  const cookies = await open({ email, password }, headers);
  await Promise.all([giveBack("sign-in-address", address), forget("sign-in-account", email)]);
  return cookies;
}

async function open(body: SignIn, headers: Headers): Promise<string[]> {
  try {
    const { headers: answer } = await getAuth().api.signInEmail({ body, headers, returnHeaders: true });
    return answer.getSetCookie();
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    const message = "This email and password don't go together. Check both and try again.";
    throw new AppError("wrong_login", message, 401);
  }
}
