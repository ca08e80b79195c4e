import { models } from "../models/registry";
import type { Filters } from "../schemas/export";
import type { Window } from "../windows/types";
import { queryRows } from "./client";
import { predicate } from "./predicate";

/** How many rows of a project the source has in a range of ingestion time. Gives up after 20 s. Throws an `ExportError`. */
export async function countRows(args: { sourceProjectId: number; filters: Filters; window: Window }): Promise<number> {
  const where = predicate({ model: models.events, ...args });
  const query = `SELECT count() AS rows FROM ${models.events.table} WHERE ${where.sql}`;
  const [row] = await queryRows<{ rows: string }>(query, where.params, { max_execution_time: 20 });
  return Number(row?.rows ?? 0);
}
