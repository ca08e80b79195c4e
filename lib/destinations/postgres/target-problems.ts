import { columnsOf, type WarehouseColumn } from "../warehouse/tables";
import type { Target } from "../warehouse/target";
import { accepts, quote, typeOf } from "./sql";
import type { ColumnFacts, TargetFacts } from "./target-facts";

/**
 * Why an export can't fill an existing table, and a statement for the table's owner that fixes it; null if none does.
 */
export interface TargetProblem {
  message: string;
  statement: string | null;
}

/** Relations with rows to add and remove: tables, partitioned and foreign ones, and some views. */
const KINDS = ["r", "p", "f", "v"];

/** Columns that are NULL in some rows, whatever an export chooses. */
const MAY_BE_NULL = ["set", "set_once", "site_url"];

const UNGENERATE = { identity: "DROP IDENTITY", stored: "DROP EXPRESSION", virtual: null };

/** A time without a zone counts as UTC, like all times in exports. */
const converted = (column: string, type: string, wanted: string) =>
  type.startsWith("timestamp") && wanted === "timestamptz" ? `${column} AT TIME ZONE 'UTC'` : `${column}::${wanted}`;

function columnProblem(target: Target, column: WarehouseColumn, found: ColumnFacts): TargetProblem | null {
  const { name } = column;
  const its = `The column ${name} of ${target.bare}`;
  const alter = (action: string) => `ALTER TABLE ${target.name} ALTER COLUMN ${quote(name)} ${action};`;
  const wanted = typeOf(column);
  if (found.generated) {
    const action = UNGENERATE[found.generated];
    return { message: `${its} can't be written: PostgreSQL generates its values.`, statement: action && alter(action) };
  }
  if (!accepts(column.kind, found.type))
    return {
      message: `${its} is ${found.type}, but must be ${wanted}.`,
      statement: alter(`TYPE ${wanted} USING ${converted(quote(name), found.type, wanted)}`),
    };
  if (!found.notNull || !MAY_BE_NULL.includes(name)) return null;
  return { message: `${its} doesn't allow NULL, which some rows contain.`, statement: alter("DROP NOT NULL") };
}

/** Columns that no export writes and every row must have. */
function strangers({ table, bare, name }: Target, { columns }: TargetFacts): TargetProblem[] {
  const known = new Set(columnsOf(table).map((column) => column.name));
  return columns
    .filter((column) => !known.has(column.name) && column.notNull && !column.filled && !column.generated)
    .map((column) => ({
      message: `The column ${column.name} of ${bare} requires a value in every row, and exports have none for it.`,
      statement: `ALTER TABLE ${name} ALTER COLUMN ${quote(column.name)} DROP NOT NULL;`,
    }));
}

/** Missing columns that the user can't add. */
function missing({ table, bare, name }: Target, { owned, owner, columns }: TargetFacts): TargetProblem[] {
  const found = new Set(columns.map((column) => column.name));
  const lacking = columnsOf(table).filter((column) => !found.has(column.name));
  if (owned || lacking.length === 0) return [];
  const names = lacking.map((column) => column.name).join(", ");
  const added = lacking.map((column) => `ADD COLUMN ${quote(column.name)} ${typeOf(column)}`).join(", ");
  const message = `${bare} doesn't have the columns ${names}, which only its owner ${owner} can add.`;
  return [{ message, statement: `ALTER TABLE ${name} ${added};` }];
}

/** All problems with an existing table that a run would encounter. */
export function targetProblems(target: Target, facts: TargetFacts): TargetProblem[] {
  if (!KINDS.includes(facts.kind)) return [{ message: `${target.bare} exists, but isn't a table.`, statement: null }];
  const columns = columnsOf(target.table).flatMap((column) => {
    const found = facts.columns.find(({ name }) => name === column.name);
    return (found && columnProblem(target, column, found)) ?? [];
  });
  return [...columns, ...missing(target, facts), ...strangers(target, facts)];
}
