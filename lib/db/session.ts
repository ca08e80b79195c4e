import {
  createTableRelationsHelpers,
  type ExtractTablesWithRelations,
  extractTablesRelationalConfig,
} from "drizzle-orm";
import { type NodePgClient, NodePgDatabase, NodePgSession, NodePgTransaction } from "drizzle-orm/node-postgres";
import { PgDialect, type PgTransactionConfig } from "drizzle-orm/pg-core";
import type { Pool, QueryConfig } from "pg";
import * as schema from "./schema";
import { inTransaction, within } from "./transaction";

type Schema = typeof schema;
type Tables = ExtractTablesWithRelations<Schema>;

const DIALECT = new PgDialect();
const { tables, tableNamesMap } = extractTablesRelationalConfig<Tables>(schema, createTableRelationsHelpers);
const RELATIONS = { fullSchema: schema, schema: tables, tableNamesMap };

/** A client whose statements fail after `limit` ms without an answer. Drizzle only calls its `query`. */
const limited = (client: NodePgClient, limit: number): NodePgClient =>
  ({ query: (config: QueryConfig, values: unknown[]) => client.query(within(limit, config), values) }) as NodePgClient;

/** Drizzle's session, with transactions that survive what a network does: see `inTransaction`. */
class Session extends NodePgSession<Schema, Tables> {
  constructor(
    private readonly pool: Pool,
    private readonly limit: number,
  ) {
    super(limited(pool, limit), DIALECT, RELATIONS);
  }

  override transaction<T>(
    work: (tx: NodePgTransaction<Schema, Tables>) => Promise<T>,
    config?: PgTransactionConfig,
  ): Promise<T> {
    return inTransaction({ pool: this.pool, limit: this.limit, config }, (client) => {
      const session = new NodePgSession<Schema, Tables>(limited(client, this.limit), DIALECT, RELATIONS);
      return work(new NodePgTransaction<Schema, Tables>(DIALECT, session, RELATIONS));
    });
  }
}

/** The tables behind a pool. A statement may take `limit` ms. */
export const databaseOf = (pool: Pool, limit: number): NodePgDatabase<Schema> =>
  new NodePgDatabase(DIALECT, new Session(pool, limit), RELATIONS);
