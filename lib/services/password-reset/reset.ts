import { getDb } from "@/lib/db/client";
import type { ResetPassword } from "@/lib/schemas/me";
import { originOf } from "@/lib/services/access";
import { forgetTries } from "@/lib/services/auth";
import { invalidLink, loadLink } from "./links";
import { lockLogin, markOf } from "./login";
import { setPassword } from "./set-password";

/**
 * Sets a new password with a link, once, and ends every session of the login. The new password is hashed only for a
 * valid link. Wrong passwords of before no longer keep the person from signing in.
 */
export async function resetPassword({ token, password }: ResetPassword, headers: Headers): Promise<undefined> {
  const { ip, userAgent } = originOf(headers);
  const email = await getDb().transaction(async (tx) => {
    const { userId } = await loadLink(token, tx);
    const login = await lockLogin(tx, userId);
    // Read again: another request may have used the link while this one waited for the lock.
    const { mark } = await loadLink(token, tx);
    if (!login || mark !== markOf(login)) throw invalidLink();
    await setPassword(tx, login, password, { address: ip, userAgent });
    return login.email;
  });
  await forgetTries(email, headers);
}
