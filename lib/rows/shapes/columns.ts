import type { ColumnChoice } from "@/lib/fields/columns";
import type { Column, ColumnKind, SourceTable } from "../tables/types";

export interface ChosenColumn {
  /** What the file calls it. */
  name: string;
  /** What the source calls it. */
  source: string;
  kind: ColumnKind;
  sql: string;
  hashed: boolean;
  /** The bits of a whole number without a sign; undefined for everything else. */
  unsigned: Column["unsigned"];
}

/** The parameter that a hash's salt is bound to. */
export const SALT_PARAM = "salt";

const sha256 = (sql: string) => `lower(hex(SHA256(concat({${SALT_PARAM}:String}, toString(${sql})))))`;

/** The columns of a model as an export has chosen them, in its order; without a choice all of them, as they are. */
export function chosenColumns(model: SourceTable, choices: readonly ColumnChoice[] | null): ChosenColumn[] {
  if (!choices) return model.columns.map((column) => asIs(column));
  return choices.flatMap((choice) => {
    const column = model.columns.find(({ name }) => name === choice.name);
    // An export of several tables has one list of columns for all of them.
    return column ? [choose(column, choice)] : [];
  });
}

const asIs = (column: Column): ChosenColumn => ({
  name: column.name,
  source: column.name,
  kind: column.kind,
  sql: column.sql ?? column.name,
  hashed: false,
  unsigned: column.unsigned,
});

function choose(column: Column, { as, hash }: ColumnChoice): ChosenColumn {
  const plain = { ...asIs(column), name: as ?? column.name };
  if (!hash) return plain;
  // Every id of a person by itself, so that each still finds its like in the hashes of other columns.
  if (column.kind === "strings") return { ...plain, hashed: true, sql: `arrayMap(h -> ${sha256("h")}, ${plain.sql})` };
  return { ...plain, hashed: true, kind: "string", sql: sha256(plain.sql), unsigned: undefined };
}
