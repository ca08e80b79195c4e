import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { insertEvents } from "./events";
import { type Hostile, type HostileRow, hostileRow, hostileText } from "./hostile";
import { insertMergedIds, type MergedIdRow } from "./merged-ids";
import { insertPersons, type PersonRow } from "./persons";

const SECOND = 1_000_000;

export type CorpusPerson = Omit<PersonRow, "properties"> & { properties: Hostile };

/** Rows of every table with everything that ever broke an export; a time's seconds identify a table's rows. */
export interface Corpus {
  events: HostileRow[];
  /** Current versions; older and deleted ones are inserted too. */
  persons: CorpusPerson[];
  mergedIds: MergedIdRow[];
}

/** Few enough that files by event don't number thousands. */
const NAMES = 24;

const LIMITS = [0n, 1n, -1n, 9_007_199_254_740_993n, 2n ** 63n - 1n, -(2n ** 63n)];

/** Makes a corpus for the two hours starting at `from` (in µs) and inserts it into the source. */
export async function insertCorpus(sourceProjectId: number, from: number, seed: number): Promise<Corpus> {
  const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number) => fc.sample(arbitrary, { numRuns: count, seed });
  const at = (index: number) => from + index * 31 * SECOND + index;
  const names = sample(hostileText, NAMES);
  const events = sample(hostileRow(from), 220).map((row, index) => ({
    ...row,
    event: names[index % NAMES]!,
    inserted_at: at(index),
    timestamp: at(index) - 60 * SECOND,
  }));
  const people = sample(fc.record({ ids: fc.array(hostileText, { maxLength: 3 }), row: hostileRow(from) }), 80);
  const persons = people.map(({ ids, row }, index) => ({
    person_id: randomUUID(),
    distinct_ids: ids,
    properties: row.properties,
    created_at: row.created_at,
    inserted_at: at(index),
    version: 5,
    is_deleted: false,
  }));
  const mergedIds = Array.from({ length: 60 }, (_, index) => ({
    scope: index % 3 === 0 ? 4_294_967_295 : 7,
    amplitude_id: LIMITS[index % LIMITS.length]!,
    merged_amplitude_id: LIMITS[(index * 5 + 1) % LIMITS.length]!,
    merge_time: at(index) - 5 * SECOND,
    inserted_at: at(index),
  }));
  await insertEvents(
    sourceProjectId,
    events.map((row) => ({
      ...row,
      properties: row.properties.bytes,
      person_properties: row.person_properties.bytes,
    })),
  );
  await insertPersons(sourceProjectId, persons.flatMap(versionsOf));
  await insertMergedIds(sourceProjectId, mergedIds);
  return { events, persons, mergedIds };
}

/** A person's current version, an older one, a duplicate of it, and a deleted person. */
function versionsOf(person: CorpusPerson): PersonRow[] {
  const row = { ...person, properties: person.properties.bytes };
  const older = { ...row, version: 4, inserted_at: row.inserted_at - SECOND, properties: Buffer.from("{}") };
  const gone = { ...row, person_id: randomUUID() };
  return [row, older, row, gone, { ...gone, version: 6, is_deleted: true }];
}
