import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { projects } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { authenticateKey } from "@/lib/services/api-keys/authenticate";
import type { Actor } from "./actor";
import { getAuth } from "./auth";
import { membershipOf } from "./membership";

const unauthenticated = (message: string) => new AppError("unauthenticated", message, 401);

export interface Authenticated {
  actor: Actor;
  /** Cookies to answer with: a session that is used is prolonged. */
  setCookies: string[];
}

/** Finds out who sent a request, by its API key or its session cookie. Throws a 401 that says what is missing. */
export async function authenticate(headers: Headers): Promise<Authenticated> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return { actor: await byKey(authorization), setCookies: [] };
  return bySession(headers);
}

async function byKey(authorization: string): Promise<Actor> {
  const [, key] = /^Bearer +(\S+)$/i.exec(authorization.trim()) ?? [];
  if (!key) throw unauthenticated("The Authorization header must be: Bearer <API key>.");
  const actor = await authenticateKey(key);
  if (!actor) throw unauthenticated("The API key is unknown, expired or revoked.");
  return actor;
}

async function bySession(headers: Headers): Promise<Authenticated> {
  const result = await getAuth().api.getSession({ headers, returnHeaders: true });
  const user = result.response?.user;
  if (!user) throw unauthenticated("Sign in, or send an API key as Authorization: Bearer <key>.");
  const membership = await membershipOf(user.id);
  if (!membership) throw unauthenticated("This user belongs to no organization any more.");
  const rows = await getDb()
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.organizationId, membership.organizationId));
  const actor: Actor = {
    kind: "user",
    userId: user.id,
    ...membership,
    projectIds: rows.map((row) => row.id),
    scopes: ["read", "write"],
  };
  return { actor, setCookies: result.headers.getSetCookie() };
}
