import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { canOpen } from "@/lib/crypto/secrets";
import { getDb } from "@/lib/db/client";
import type { ConnectionRow } from "@/lib/db/rows";
import { exports, organizations } from "@/lib/db/schema";
import type { Connection } from "@/lib/schemas/connection";
import { namesOf } from "@/lib/services/people";
import { connectionAad } from "./secrets";

/** Converts one organization's connections to API form, without secrets. Takes three queries, however many rows. */
export async function describeConnections(rows: ConnectionRow[]): Promise<Connection[]> {
  const [first] = rows;
  if (!first) return [];
  const [users, people, [organization]] = await Promise.all([
    usersOf(rows.map((row) => row.id)),
    namesOf(rows.map((row) => row.createdBy)),
    getDb()
      .select({ externalId: organizations.externalId })
      .from(organizations)
      .where(eq(organizations.id, first.organizationId)),
  ]);
  const beside = (row: ConnectionRow) => ({
    createdBy: people.get(row.createdBy ?? "") ?? null,
    externalId: organization!.externalId,
    exports: users.filter((it) => it.connectionId === row.id).map(({ id, name, paused }) => ({ id, name, paused })),
  });
  return rows.map((row) => toConnection(row, beside(row)));
}

export const describeConnection = async (row: ConnectionRow): Promise<Connection> =>
  (await describeConnections([row]))[0]!;

const usersOf = (connectionIds: string[]) =>
  getDb()
    .select({ connectionId: exports.connectionId, id: exports.id, name: exports.name, paused: exports.paused })
    .from(exports)
    .where(and(inArray(exports.connectionId, connectionIds), isNull(exports.deletedAt)))
    .orderBy(asc(exports.name), asc(exports.id));

type Readable = Connection extends infer Each
  ? Each extends Connection
    ? Pick<Each, "type" | "config">
    : never
  : never;

type Beside = Pick<Connection, "createdBy" | "externalId" | "exports">;

const toConnection = (row: ConnectionRow, beside: Beside): Connection => ({
  id: row.id,
  projectId: row.projectId,
  ...({ type: row.type, config: row.config } as Pick<Connection, "type" | "config"> as Readable),
  name: row.name,
  hasSecret: row.secrets !== "",
  secretUnreadable: !canOpen(row.secrets, connectionAad(row)),
  automatic: row.automatic,
  verifiedAt: row.verifiedAt?.toISOString() ?? null,
  lastVerifiedAt: row.lastVerifiedAt?.toISOString() ?? null,
  lastVerification: row.lastVerification,
  usedByExports: beside.exports.length,
  ...beside,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
