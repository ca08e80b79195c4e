import type { Accounting } from "../fields/receipt";
import type { SourceTable } from "../rows/tables/types";
import { IN_WINDOW } from "../rows/tables/window";
import { queryRows, type Source } from "./client";
import { eventConditions, propertiesConditions, type Selection, type Sql, windowParams } from "./predicate";

type Counts = Record<Exclude<keyof Accounting, "table">, string>;

const NONE: Counts = {
  inWindow: "0",
  olderVersions: "0",
  deleted: "0",
  duplicates: "0",
  excludedByEvent: "0",
  excludedByProperty: "0",
  selected: "0",
  expandedTo: "0",
};

const select = (counts: Partial<Counts>, from: string) =>
  `SELECT ${Object.entries({ ...NONE, ...counts })
    .map(([name, sql]) => `toInt64(${sql}) AS ${name}`)
    .join(", ")} FROM ${from} WHERE ${IN_WINDOW}`;

/** As in a WHERE, NULL does not pass. */
const all = (parts: readonly string[]) => (parts.length === 0 ? "1" : `ifNull(${parts.join(" AND ")}, 0)`);

/** What filters make of the rows that a table has before them. */
function filtered(selection: Selection): Partial<Counts> {
  const [events, properties] = [
    all(eventConditions(selection).parts),
    all(propertiesConditions(selection).parts),
  ] as const;
  const selected = `countIf(${events} AND ${properties})`;
  return {
    excludedByEvent: `countIf(NOT ${events})`,
    excludedByProperty: `countIf(${events} AND NOT ${properties})`,
    selected,
    ...(!selection.model.unexpanded && { expandedTo: selected }),
  };
}

function queriesOf(selection: Selection): string[] {
  const { table, from, dropped, unexpanded } = selection.model;
  const counts = filtered(selection);
  if (!dropped) return [select({ inWindow: "count()", ...counts }, from)];
  const queries = [select({ inWindow: "count()", ...dropped }, table), select(counts, unexpanded ?? from)];
  if (unexpanded) {
    const parts = [...eventConditions(selection).parts, ...propertiesConditions(selection).parts];
    queries.push(select({ expandedTo: `countIf(${all(parts)})` }, from));
  }
  return queries;
}

/** The query with which anyone can account for every row that arrived in a window, with one row per table. */
export function accountingQuery(selections: readonly Selection[]): Sql {
  const names = Object.keys(NONE);
  const sums = names.map((name) => `sum(t.${name}) AS ${name}`).join(", ");
  const tables = selections.map(
    (selection) =>
      `SELECT ${quoted(selection.model)} AS table, ${sums} FROM (${queriesOf(selection).join(" UNION ALL ")}) AS t`,
  );
  const params = selections.map((selection) => ({
    ...windowParams(selection),
    ...eventConditions(selection).params,
    ...propertiesConditions(selection).params,
  }));
  return { sql: tables.join(" UNION ALL "), params: Object.assign({}, ...params) as Sql["params"] };
}

const quoted = ({ table }: SourceTable) => `'${table}'`;

/** Asks an accounting query. Tables are in the order of their names. Throws an `ExportError`. */
export async function account(source: Source, { sql, params }: Sql, signal?: AbortSignal): Promise<Accounting[]> {
  const rows = await queryRows<Record<keyof Accounting, string>>(source, sql, { params, signal });
  return rows
    .map(({ table, ...counts }) => ({
      table,
      ...(Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Number(count)])) as Omit<
        Accounting,
        "table"
      >),
    }))
    .toSorted((a, b) => (a.table < b.table ? -1 : 1));
}
