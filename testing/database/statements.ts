import type { Pool } from "pg";
import { getPool } from "@/lib/db/client";

/** A statement as sent to the database. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** A plan node of EXPLAIN in JSON. */
interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}

/**
 * Runs `work` and returns every statement that it sent outside of transactions. Only one call per process at a time.
 */
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

/** The execution plan and statistics of a statement, as text. */
export async function explainAnalyzed({ text, values }: Statement): Promise<string> {
  const { rows } = await getPool().query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

/**
 * The tables that a statement must scan sequentially: an index is used if possible, even if a sequential scan of a
 * small table were cheaper.
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
