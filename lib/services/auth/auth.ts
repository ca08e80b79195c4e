import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { BASE_PATH } from "@/lib/base-path";
import { getDb } from "@/lib/db/client";
import * as schema from "@/lib/db/schema/auth";
import { getWebEnv } from "@/lib/env";
import { getLogger } from "@/lib/services/logger";
import { sessionHooks } from "./session-hooks";

/** Precision of "last used": a session is extended at most every ten minutes. */
export const EXTENDED_EVERY_SECONDS = 600;

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** The app's origins: its public address or, on a developer's machine, both loopback names. */
export function appOrigins(appUrl: string): string[] {
  const { origin, hostname, protocol, port } = new URL(appUrl);
  if (!LOOPBACK.includes(hostname)) return [origin];
  return LOOPBACK.map((host) => `${protocol}//${host}${port ? `:${port}` : ""}`);
}

const create = () =>
  betterAuth({
    appName: "Penstock",
    // With a path of its own, better-auth takes the address as it is.
    baseURL: `${getWebEnv().APP_URL.replace(/\/+$/, "")}/api/auth`,
    secret: getWebEnv().AUTH_SECRET,
    trustedOrigins: appOrigins(getWebEnv().APP_URL),
    database: drizzleAdapter(getDb(), { provider: "pg", schema }),
    // Logins are created by insertLogin, never by better-auth's sign-up.
    emailAndPassword: { enabled: true, disableSignUp: true },
    // Its limits count only by address and path; ours are in lib/services/rate-limits.
    rateLimit: { enabled: false },
    user: { additionalFields: { operator: { type: "boolean", required: false, input: false } } },
    databaseHooks: { session: sessionHooks },
    session: {
      updateAge: EXTENDED_EVERY_SECONDS,
      additionalFields: {
        activeOrganizationId: { type: "string", required: false, input: false },
        activeProjectId: { type: "string", required: false, input: false },
      },
    },
    // Drops the arguments: they may hold a database error with a token in it.
    logger: { log: (level, message) => getLogger()[level](message) },
    // Another app on the same host doesn't get the session.
    advanced: { defaultCookieAttributes: { path: BASE_PATH || "/" } },
    telemetry: { enabled: false },
  });

let auth: ReturnType<typeof create> | undefined;

/** Sign-in and sessions. Created on first use, because builds of the app have no environment. */
export const getAuth = () => {
  auth ??= create();
  return auth;
};
