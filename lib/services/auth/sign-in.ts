import { isAPIError } from "better-auth/api";
import { AppError } from "@/lib/errors";
import type { SignIn } from "@/lib/schemas/me";
import { originOf } from "@/lib/services/access";
import { forget, giveBack, nameOf, spend } from "@/lib/services/rate-limits";
import { deviceCookie, knownDevice } from "./device";
import { withAuth } from "./with-auth";

/**
 * Signs in and returns the session cookies. Wrong passwords count by address, by account and address, and by account. A
 * browser that has signed in to the account before counts by address, and by account and browser, so that others can't
 * lock it out. Correct passwords do not count. Neither the error nor the timing reveals whether an account exists: a
 * password is hashed even for an unknown one.
 */
export async function signIn({ email, password }: SignIn, headers: Headers): Promise<string[]> {
  const address = nameOf(originOf(headers));
  const device = knownDevice(headers, email);
  const pair = `${email} ${device ?? address}`;
  const guesses = device === null ? "sign-in-pair" : "sign-in-device";
  await spend("sign-in-address", address);
  await spend(guesses, pair);
  if (device === null) await spend("sign-in-account", email);
  const cookies = await open({ email, password }, headers);
  await Promise.all([
    giveBack("sign-in-address", address),
    forget(guesses, pair),
    device === null && giveBack("sign-in-account", email),
  ]);
  return [...cookies, deviceCookie(email, device)];
}

/** Forgets the wrong passwords that were tried for an account from this browser and address, and from all new ones. */
export async function forgetTries(email: string, headers: Headers): Promise<void> {
  const device = knownDevice(headers, email);
  await Promise.all([
    forget("sign-in-pair", `${email} ${nameOf(originOf(headers))}`),
    device !== null && forget("sign-in-device", `${email} ${device}`),
    forget("sign-in-account", email),
  ]);
}

async function open(body: SignIn, headers: Headers): Promise<string[]> {
  try {
    const { headers: answer } = await withAuth((api) => api.signInEmail({ body, headers, returnHeaders: true }));
    return answer.getSetCookie();
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    const message = "Wrong email or password.";
    throw new AppError("wrong_login", message, 401);
  }
}
