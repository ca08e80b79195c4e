import type { Pool } from "pg";
import { getPool } from "@/lib/db/client";

/** A statement as the database got it. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** A node of a plan, as EXPLAIN writes it in JSON. */
interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}

/** Does the work and answers with every statement that it asked outside of transactions. One at a time in a process. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Statement[]> {
  const pool = getPool();
  const recorded: Statement[] = [];
  const { query } = pool;
  const ask = query.bind(pool) as (config: { text: string }, values?: unknown[]) => Promise<unknown>;
  const record: typeof ask = (config, values = []) => {
    recorded.push({ text: config.text, values });
    return ask(config, values);
  };
  pool.query = record as Pool["query"];
  try {
    await work();
  } finally {
    pool.query = query;
  }
  return recorded;
}

/** What the database did for a statement, as people read it. */
export async function explainAnalyzed({ text, values }: Statement): Promise<string> {
  const { rows } = await getPool().query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

/**
 * The tables that the database has to read from one end to the other for a statement: where an index would do, it is taken here, even
 * if the table is so small that reading all of it is cheaper.
 */
export async function scannedTables({ text, values }: Statement): Promise<string[]> {
  const client = await getPool().connect();
  try {
    await client.query("BEGIN; SET LOCAL enable_seqscan = off");
    const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) ${text}`,
      values,
    );
    await client.query("ROLLBACK");
    return scanned(rows[0]!["QUERY PLAN"][0].Plan);
  } finally {
    client.release();
  }
}

function scanned(node: PlanNode): string[] {
  const own = node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scanned)];
}
