import { randomInt } from "node:crypto";
import { asc, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { members, organizations, projects } from "@/lib/db/schema";
import { insertLogin } from "@/lib/services/account";
import { insertApiKey } from "@/lib/services/api-keys";

/** An arbitrary lock id: concurrent first starts on an empty database take turns. */
const LOCK = 7_361_003;

export interface Setup {
  projectId: string;
  organizationId: string;
  /** ClickHouse's project_id. */
  sourceProjectId: number;
  /** The first login, if this call created it. */
  login: { email: string; password: string } | null;
  /** A read-write API key, if this call created it. */
  apiKey: string | null;
}

/**
 * Creates the first user, organization, project, and API key in an empty database; finds the oldest project in any
 * other. Reads FIRST_USER_EMAIL and FIRST_USER_PASSWORD; generates a missing password. Safe to call from several
 * processes.
 */
export async function initialize(): Promise<Setup> {
  return getDb().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const [project] = await tx.select().from(projects).orderBy(asc(projects.createdAt)).limit(1);
    if (!project) return createFirst(tx);
    const { id, organizationId, sourceProjectId } = project;
    return { projectId: id, organizationId, sourceProjectId, login: null, apiKey: null };
  });
}

async function createFirst(tx: Tx): Promise<Setup> {
  const [organization] = await tx.insert(organizations).values({ name: "My organization" }).returning();
  const organizationId = organization!.id;
  const [project] = await tx
    .insert(projects)
    .values({ organizationId, name: "My project", sourceProjectId: 1 })
    .returning();
  const { id: projectId, sourceProjectId } = project!;
  const login = await createFirstUser(tx, organizationId);
  const apiKey = await insertApiKey(tx, {
    organizationId,
    projectId,
    name: "First key",
    scopes: ["read", "write"],
    expiresAt: null,
    role: "owner",
    createdBy: null,
  });
  return { projectId, organizationId, sourceProjectId, login, apiKey };
}

async function createFirstUser(tx: Tx, organizationId: string) {
  const email = (process.env.FIRST_USER_EMAIL || "admin@penstock.local").trim().toLowerCase();
  const password = process.env.FIRST_USER_PASSWORD || readablePassword();
  const userId = await insertLogin(tx, { name: "Admin", email, password, emailVerified: true, operator: true });
  await tx.insert(members).values({ organizationId, userId, role: "owner" });
  return { email, password };
}

// Excludes characters that are easily confused when typing from a screen.
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

/** A random password of 16 readable characters (79 bits) in groups of four: `k7mq-x2hn-…`. */
function readablePassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return Array.from({ length: 4 }, group).join("-");
}
