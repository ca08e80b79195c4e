import type { SourceTable } from "@/lib/rows/tables/types";
import { ExportError } from "../../errors";
import { queryRows, type Source } from "../client";
import { columnProblems, viewColumns } from "./contract";
import { grantStatement, sourceTable } from "./grants";
import { passed, type Seen, type SourceStep } from "./step";

interface Described {
  name: string;
  type: string;
}

/**
 * Whether a table is readable and has the columns of the source contract. Tables that no export carries may be missing.
 */
export const tableStep = (source: Source, model: SourceTable, isCarried: boolean, signal: AbortSignal): SourceStep => ({
  name: `Table ${model.table}`,
  needs: ["Reach", "Settings"],
  async run() {
    const found = await columnsOf(source, model, signal).catch((error) => {
      if (!isCarried && error instanceof ExportError && error.failure.code === "source_table_missing") return null;
      throw error;
    });
    if (found === null)
      return {
        status: "skipped",
        message: `The table ${model.table} doesn't exist. No export uses it, so it isn't needed.`,
        fix: "Create the table, or a view with that name, before you export it.",
      };
    const problems = columnProblems(model, found);
    if (problems.length > 0) return wrongColumns(model, found, problems);
    await queryRows(source, `SELECT 1 FROM ${model.table} LIMIT 1`, { settings: { max_execution_time: 10 }, signal });
    return passed(`${model.table} can be read and has all columns of the source contract.`);
  },
  statement: (code) => (code === "source_permission" ? grantStatement(model.table) : null),
});

async function columnsOf(source: Source, { table }: SourceTable, signal: AbortSignal): Promise<Map<string, string>> {
  const rows = await queryRows<Described>(source, `DESCRIBE TABLE ${table}`, {
    settings: { max_execution_time: 10 },
    signal,
  });
  return new Map(rows.map(({ name, type }) => [name, type]));
}

const wrongColumns = (model: SourceTable, found: ReadonlyMap<string, string>, problems: string[]): Seen => ({
  status: "failed",
  message: `${model.table}: ${problems.join("; ")}.`,
  fix: "Rename the table, and create a view with its name that has the columns of the source contract.",
  statement: [
    `RENAME TABLE ${sourceTable(model.table)} TO ${sourceTable(`${model.table}_raw`)};`,
    `CREATE VIEW ${sourceTable(model.table)} AS SELECT\n${viewColumns(model, found)}\nFROM ${sourceTable(`${model.table}_raw`)};`,
  ].join("\n"),
});
