/** What a role may do that matters to migrations. */
export interface Rights {
  role: string;
  database: string;
  /** Whether the schema and the table are there in which migrations are noted. */
  hasSchema: boolean;
  hasTable: boolean;
  mayCreateSchema: boolean;
  /** In the schema `drizzle`, if there is one. */
  mayCreateNotes: boolean | null;
  /** In the schema `public`, where all tables are. */
  mayCreateTables: boolean;
}

/** Queries the rights of the current role. */
export const MAY_MIGRATE = `select current_user as role, current_database() as database,
  s.oid is not null as "hasSchema", t.oid is not null as "hasTable",
  has_database_privilege(current_database(), 'CREATE') as "mayCreateSchema",
  has_schema_privilege(s.oid, 'USAGE') and (t.oid is not null or has_schema_privilege(s.oid, 'CREATE')) as "mayCreateNotes",
  has_schema_privilege('public', 'USAGE') and has_schema_privilege('public', 'CREATE') as "mayCreateTables"
  from (select 1) one
  left join pg_namespace s on s.nspname = 'drizzle'
  left join pg_class t on t.relnamespace = s.oid and t.relname = '__drizzle_migrations'`;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Throws an error that says which rights are missing and which statements grant them. */
export function refuseWithout(rights: Rights): void {
  const missing = missingRights(rights);
  if (missing.length === 0) return;
  const [what, statements] = [missing.map((it) => it.what), missing.map((it) => `${it.statement};`)];
  throw new Error(`${what.join(" ")} As the database's owner, run once: ${statements.join(" ")}`);
}

interface Missing {
  what: string;
  statement: string;
}

function missingRights({ role, database, ...rights }: Rights): Missing[] {
  const missing: Missing[] = [];
  if (!rights.hasSchema && !rights.mayCreateSchema)
    missing.push({
      what: `The database ${database} has no schema drizzle, where migrations are recorded, and the role ${role} can't create it.`,
      statement: `CREATE SCHEMA drizzle AUTHORIZATION ${quoted(role)}`,
    });
  if (rights.hasSchema && !rights.mayCreateNotes)
    missing.push({
      what: `The role ${role} can't use the schema drizzle of the database ${database}, where migrations are recorded.`,
      statement: `GRANT USAGE, CREATE ON SCHEMA drizzle TO ${quoted(role)}`,
    });
  if (!rights.mayCreateTables)
    missing.push({
      what: `The role ${role} can't create tables in the schema public of the database ${database}.`,
      statement: `GRANT USAGE, CREATE ON SCHEMA public TO ${quoted(role)}`,
    });
  return missing;
}

/** An error of migrations, as its reader can act on it. */
export function inWords(error: unknown): unknown {
  const { message, code } = error as { message: string; code?: string };
  if (/statement pooling mode/.test(message))
    return new Error(
      "The database's address is a pooler in statement mode, which has no transactions. Penstock needs pool_mode = transaction or session.",
      { cause: error },
    );
  if (/startup parameter/.test(message))
    return new Error(
      `${message}: remove it from the database's address or from PGOPTIONS, or bypass the pooler for migrations with DATABASE_MIGRATION_URL.`,
      { cause: error },
    );
  if (code === "42501")
    return new Error(
      `The role isn't allowed to migrate: ${message}. Migrate with the role that owns Penstock's tables, the same as in DATABASE_URL.`,
      { cause: error },
    );
  return error;
}
