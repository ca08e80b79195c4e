import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { getDb } from "@/lib/db/client";
import * as schema from "@/lib/db/schema/auth";
import { getWebEnv } from "@/lib/env";
import { getLogger } from "@/lib/services/logger";
import { sessionHooks } from "./session-hooks";

const LOOPBACK = ["127.0.0.1", "localhost"];

/** The app's own origins: its public address, and on a developer's machine both names of the loopback. */
export function appOrigins(appUrl: string): string[] {
  const { origin, hostname, protocol, port } = new URL(appUrl);
  if (!LOOPBACK.includes(hostname)) return [origin];
  return LOOPBACK.map((host) => `${protocol}//${host}${port ? `:${port}` : ""}`);
}

const create = () =>
  betterAuth({
    appName: "Penstock",
    baseURL: getWebEnv().APP_URL,
    secret: getWebEnv().AUTH_SECRET,
    trustedOrigins: appOrigins(getWebEnv().APP_URL),
    database: drizzleAdapter(getDb(), { provider: "pg", schema }),
    // People are added by an owner, never by themselves.
    emailAndPassword: { enabled: true, disableSignUp: true },
    // Its limits count by address and path alone; ours are in lib/services/rate-limits.
    rateLimit: { enabled: false },
    user: { additionalFields: { operator: { type: "boolean", required: false, input: false } } },
    databaseHooks: { session: sessionHooks },
    session: {
      // How exactly "last used" is known: a session that is used is prolonged after ten minutes at the earliest.
      updateAge: 600,
      additionalFields: {
        activeOrganizationId: { type: "string", required: false, input: false },
        activeProjectId: { type: "string", required: false, input: false },
      },
    },
    // What comes with its messages may be an error of the database with a token in it.
    logger: { log: (level, message) => getLogger()[level](message) },
    telemetry: { enabled: false },
  });

let auth: ReturnType<typeof create> | undefined;

/** Sign-in and sessions. Made on first use, because a build of the app has no environment. */
export const getAuth = () => {
  auth ??= create();
  return auth;
};
