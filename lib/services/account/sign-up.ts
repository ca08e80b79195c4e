import { getDb } from "@/lib/db/client";
import { getWebEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Me, SignUp } from "@/lib/schemas/me";
import type { Origin } from "@/lib/services/access";
import { insertOrganization } from "@/lib/services/organizations";
import { insertLogin } from "./insert-login";

/** Creates a login and its organization. Throws a 403 if sign-up is closed. */
export async function signUp(input: SignUp, from: Origin): Promise<Pick<Me, "organization">> {
  if (!getWebEnv().ALLOW_SIGNUP)
    throw new AppError("sign_up_closed", "Sign-up is closed. Ask an admin for an invitation.", 403);
  const { name, email, password, organizationName } = input;
  return getDb().transaction(async (tx) => {
    const userId = await insertLogin(tx, { name, email, password });
    const founder = { kind: "user" as const, userId, keyId: null, name: email, from };
    const organization = await insertOrganization(tx, founder, organizationName);
    return { organization: { id: organization.id, name: organization.name } };
  });
}
