import type { Filters } from "../fields/filters";
import type { SourceTable } from "../rows/tables/types";
import type { Window } from "../windows/types";
import { queryRows, type Source } from "./client";
import { checkQuery } from "./predicate";

/** Counts rows of a project's tables in a range of ingestion time. Gives up after 20 s. Throws an `ExportError`. */
export async function countRows(
  source: Source,
  args: {
    models: readonly SourceTable[];
    sourceProjectId: number;
    filters: Filters;
    window: Window;
  },
  signal?: AbortSignal,
): Promise<number> {
  const { models, ...rest } = args;
  const check = checkQuery(models.map((model) => ({ model, ...rest })));
  const query = `SELECT rows FROM (${check.sql})`;
  const [row] = await queryRows<{ rows: string }>(source, query, {
    params: check.params,
    settings: { max_execution_time: 20 },
    signal,
  });
  return Number(row?.rows ?? 0);
}
