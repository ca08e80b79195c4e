import type { ApiKeyRow } from "@/lib/db/rows";
import type { Scope } from "@/lib/permissions";
import type { ApiKey } from "@/lib/schemas/organization";

/** The scopes of a stored key; obsolete ones are ignored. */
export const scopesOf = ({ scopes }: ApiKeyRow): Scope[] =>
  scopes.filter((scope): scope is Scope => scope === "read" || scope === "write");

/** Converts a key to API form, with only its first characters. */
export const toApiKey = (row: ApiKeyRow, createdBy: string | null): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: scopesOf(row),
  role: row.role,
  createdBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

/** Fields for the audit log. */
export const auditedKey = ({ name, prefix, scopes, role, expiresAt }: ApiKeyRow) => ({
  name,
  prefix,
  scopes,
  role,
  expiresAt,
});
