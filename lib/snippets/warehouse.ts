import { destinations, type TablesType } from "@/lib/destinations/catalog";
import type { ConnectionConfig, SettingsOf } from "@/lib/destinations/connection";
import { dialectOf } from "@/lib/destinations/reading";
import type { RunSpec } from "@/lib/destinations/run-spec";
import { tableName, type WarehouseTable, warehouseTables } from "@/lib/destinations/warehouse/tables";
import type { CommittedTable } from "@/lib/fields/receipt";
import type { Snippet } from "./types";

/** The run whose rows a snippet reads. */
export interface WarehouseRun {
  id: string;
  intervalStart: string;
  intervalEnd: string;
  /** What its receipt counted. */
  tables: readonly CommittedTable[];
}

interface Asked {
  spec: Pick<RunSpec, "model"> & { destination: SettingsOf<TablesType> };
  config: ConnectionConfig;
  exportId: string;
  /** Null for the whole export. */
  run: WarehouseRun | null;
}

/** SQL that reads an export's tables, or one window of them, and counts its rows again. */
export function warehouseSnippets({ spec, config, exportId, run }: Asked): {
  label: string;
  snippets: Snippet[];
  note: string | null;
} {
  const { destination } = spec;
  const dialect = dialectOf(destination.type)!;
  const tables = warehouseTables(spec.model);
  const snippets = tables.flatMap((table): Snippet[] => {
    const bare = tableName(destination.table, table.model.table);
    const name = dialect.table(config, destination, bare);
    const column = (text: string) => dialect.column(text, destination);
    const its = { dialect, name, bare, column, exportId };
    return run ? ofRun(its, run) : ofExport(its);
  });
  return { label: destinations[destination.type].form.label, snippets, note: noteOf(tables, run) };
}

interface Its {
  dialect: NonNullable<ReturnType<typeof dialectOf>>;
  name: string;
  bare: string;
  column(name: string): string;
  exportId: string;
}

const COUNT = "COUNT(*) AS window_rows";

function ofExport({ dialect, name, bare, column, exportId }: Its): Snippet[] {
  const where = `WHERE ${column("_export_id")} = ${dialect.text(exportId)}`;
  const [start, end] = [column("_interval_start"), column("_interval_end")];
  const rows = `SELECT *\nFROM ${name}\n${where}\nORDER BY ${start} DESC\nLIMIT 100;`;
  const windows = `SELECT ${start}, ${end}, ${COUNT}\nFROM ${name}\n${where}\nGROUP BY ${start}, ${end}\nORDER BY ${start} DESC;`;
  return [
    { title: `Rows in ${bare}`, language: "sql", text: rows },
    { title: `Windows in ${bare}`, language: "sql", text: windows },
  ];
}

function ofRun({ dialect, name, bare, column, exportId }: Its, run: WarehouseRun): Snippet[] {
  const where = [
    `WHERE ${column("_export_id")} = ${dialect.text(exportId)}`,
    `  AND ${column("_run_id")} = ${dialect.text(run.id)}`,
    `  AND ${column("_interval_start")} = ${dialect.time(run.intervalStart)}`,
    `  AND ${column("_interval_end")} = ${dialect.time(run.intervalEnd)}`,
  ].join("\n");
  const counted = run.tables.find(
    ({ table }) => table.toLowerCase() === bare.toLowerCase() || table.toLowerCase().endsWith(`.${bare.toLowerCase()}`),
  );
  const says = counted ? `-- The receipt says ${counted.rows}.\n` : "";
  return [
    { title: `Rows of this window in ${bare}`, language: "sql", text: `SELECT *\nFROM ${name}\n${where}\nLIMIT 100;` },
    { title: `Count them again in ${bare}`, language: "sql", text: `${says}SELECT ${COUNT}\nFROM ${name}\n${where};` },
  ];
}

const noteOf = (tables: readonly WarehouseTable[], run: WarehouseRun | null): string | null =>
  run && tables.some(({ mergeBy }) => mergeBy !== null)
    ? "Later windows replace rows of the same persons, so the count can be lower than the receipt says."
    : null;
