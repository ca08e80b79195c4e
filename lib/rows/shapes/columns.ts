import type { ColumnChoice } from "@/lib/fields/columns";
import type { Column, ColumnKind, SourceTable } from "../tables/types";

export interface ChosenColumn {
  /** Name in the file. */
  name: string;
  /** Name in the source. */
  source: string;
  kind: ColumnKind;
  sql: string;
  hashed: boolean;
  /** Bits of an unsigned integer; undefined for everything else. */
  unsigned: Column["unsigned"];
}

/** The parameter for the salt of hashes. */
export const SALT_PARAM = "salt";

const sha256 = (sql: string) => `lower(hex(SHA256(concat({${SALT_PARAM}:String}, toString(${sql})))))`;

/** A model's columns as the export chose them, in its order; without a choice, all of them unchanged. */
export function chosenColumns(model: SourceTable, choices: readonly ColumnChoice[] | null): ChosenColumn[] {
  if (!choices) return model.columns.map((column) => asIs(column));
  return choices.flatMap((choice) => {
    const column = model.columns.find(({ name }) => name === choice.name);
    // An export's tables share one list of columns.
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
  // Hashes each of a person's ids separately, so that it still matches the hashes in other columns.
  if (column.kind === "strings") return { ...plain, hashed: true, sql: `arrayMap(h -> ${sha256("h")}, ${plain.sql})` };
  return { ...plain, hashed: true, kind: "string", sql: sha256(plain.sql), unsigned: undefined };
}
