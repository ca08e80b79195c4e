import { literal } from "./literal";
import { sourceOwner } from "./source-owner";

export interface PersonRow {
  person_id: string;
  distinct_ids: Buffer[];
  properties: Buffer;
  /** Microseconds since the epoch. */
  created_at: number;
  inserted_at: number;
  version: number | bigint;
  is_deleted: boolean;
}

/** A plain version of a person, with the given values. */
export const personRow = (
  person_id: string,
  version: number | bigint,
  insertedAt: number,
  values: Partial<PersonRow> = {},
): PersonRow => ({
  person_id,
  distinct_ids: [Buffer.from("a")],
  properties: Buffer.from(`{"v":${version}}`),
  created_at: insertedAt,
  inserted_at: insertedAt,
  version,
  is_deleted: false,
  ...values,
});

/**
 * Inserts versions of persons into a project of the source, byte for byte. Versions of one person go in separately: of
 * those inserted together, ClickHouse keeps only the last.
 */
export async function insertPersons(sourceProjectId: number, rows: readonly PersonRow[]): Promise<void> {
  const seen = new Map<string, number>();
  const turns: PersonRow[][] = [];
  for (const row of rows) {
    const turn = seen.get(row.person_id) ?? 0;
    seen.set(row.person_id, turn + 1);
    turns[turn] = [...(turns[turn] ?? []), row];
  }
  for (const turn of turns) await insertTurn(sourceProjectId, turn);
}

async function insertTurn(sourceProjectId: number, rows: readonly PersonRow[]): Promise<void> {
  const values = rows.map(
    (row) =>
      `(${sourceProjectId}, ${literal(row.person_id)}, [${row.distinct_ids.map(literal).join(", ")}], ${literal(row.properties)}, ` +
      `${literal(row.created_at)}, ${literal(row.inserted_at)}, ${row.version}, ${row.is_deleted ? 1 : 0})`,
  );
  const columns = "project_id, person_id, distinct_ids, properties, created_at, inserted_at, version, is_deleted";
  await sourceOwner().command({ query: `INSERT INTO persons (${columns}) VALUES ${values.join(", ")}` });
}
