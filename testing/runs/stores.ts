import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { getTemporal } from "@/lib/temporal/client";
import { dataConverter } from "@/lib/temporal/connection";
import { eachPayload, rawHistory } from "./histories";

/** A piece of a store: its location and all of it as text. */
export interface Piece {
  where: string;
  text: string;
}

/** Every row of every table, all columns as text. */
export async function databaseRows(): Promise<Piece[]> {
  const tables = await getDb().execute<{ schema: string; name: string }>(sql`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
  const pieces: Piece[] = [];
  for (const { schema, name } of tables.rows) {
    const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    // As JSON, because PostgreSQL's own row format adds quotes and backslashes that would hide a match.
    const { rows } = await getDb().execute<{ text: string }>(sql`select to_jsonb(t)::text as text from ${table} as t`);
    pieces.push({ where: `table ${name}`, text: rows.map(({ text }) => text).join("\n") });
  }
  return pieces;
}

/** At most this many workflows are read, newest first. */
const MOST = 200;

/** Every workflow's history, schedule, and description: as Temporal stores them, and with all payloads decrypted. */
export async function temporalHistories(): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let count = 0;
  for await (const { workflowId, runId, raw } of getTemporal().workflow.list()) {
    if (count === MOST) break;
    count += 1;
    const history = await rawHistory(workflowId, runId);
    pieces.push({ where: `workflow ${workflowId}`, text: `${everyText(history)}\n${everyText(raw)}` });
    await eachPayload(history, decoded);
    pieces.push({ where: `opened workflow ${workflowId}`, text: everyText(history) });
  }
  const namespace = getEnv().TEMPORAL_NAMESPACE;
  for await (const { scheduleId } of getTemporal().schedule.list()) {
    const schedule = await getTemporal()
      .workflowService.describeSchedule({ namespace, scheduleId })
      .catch(() => null);
    if (!schedule) continue;
    pieces.push({ where: `schedule ${scheduleId}`, text: everyText(schedule) });
    await eachPayload(schedule.schedule, decoded);
    pieces.push({ where: `opened schedule ${scheduleId}`, text: everyText(schedule.schedule) });
  }
  return pieces;
}

async function decoded(payload: Parameters<Parameters<typeof eachPayload>[1]>[0]) {
  const [codec] = dataConverter(getEnv()).payloadCodecs ?? [];
  return (await codec?.decode([payload]))?.[0] ?? payload;
}

/** Every string and byte of a message, as text. */
function everyText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(everyText).join("\n");
}

/** The logs of web, worker, and every local part. */
export function logFiles(): Piece[] {
  const folder = process.env.PENSTOCK_LOG_DIR ?? "";
  return readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .map((name) => ({ where: `log ${name}`, text: readFileSync(join(folder, name), "utf8") }));
}

/** The paths of all pages, with ids by the segment before them: `/exports/[id]` by `exports`. */
export function pageAddresses(ids: Record<string, string>): string[] {
  return globSync("app/**/page.tsx").map((file) => {
    const path = file
      .replace(/^app/, "")
      .replaceAll(/\/\([^)]+\)/g, "")
      .replace(/\/page\.tsx$/, "");
    const parts = path.split("/");
    return (
      parts.map((part, index) => (part.startsWith("[") ? (ids[parts[index - 1] ?? ""] ?? "x") : part)).join("/") || "/"
    );
  });
}
