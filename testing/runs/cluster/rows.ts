import { clickhouseTime, micros } from "@/lib/source/time";
import type { Cluster } from "./cluster";

export interface Filled {
  sourceProjectId: number;
  /** When the first row arrives; events and persons follow one second apart. */
  start: Date;
  events: number;
  persons?: number;
  mergedIds?: number;
  /** Number of parts that hold a shard's events: limits are checked between parts. */
  parts?: number;
  /** Bytes of an event's properties, which hardly compress. */
  bytes?: number;
}

const id = (of: string) => `reinterpretAsUUID(sipHash128(${of}))`;

/** Queries for the rows of each table of a shard. */
const queries = (of: Filled, shard: number): Record<string, string> => {
  const { sourceProjectId, persons = 0, mergedIds = 0, bytes = 20 } = of;
  const start = `toDateTime64('${clickhouseTime(micros(of.start))}', 6, 'UTC')`;
  return {
    events:
      `SELECT ${sourceProjectId}, ${id("number")}, concat('name ', toString(number % 3)), toString(number), ${id("number, 1")}, at, at, at, ` +
      `concat('{"noise":"', hex(randomString(${bytes >> 1})), '"}'), '{}', '', '::1' ` +
      `FROM (SELECT number, ${start} + number AS at FROM numbers(${of.events}) WHERE number % 2 = ${shard})`,
    // A person's versions alternate between the servers; the last version deletes some persons.
    persons:
      `SELECT ${sourceProjectId}, ${id("number")}, [toString(number)], concat('{"version":', toString(version), '}'), at, at, version, ` +
      `version = 3 AND number % 5 = 0 FROM (SELECT number, version, ${start} + number + version * 600 AS at FROM numbers(${persons}) ` +
      `ARRAY JOIN range(1, 2 + number % 3) AS version WHERE (number + version) % 2 = ${shard})`,
    merged_ids:
      `SELECT ${sourceProjectId}, 1, number, number + 1, at, at ` +
      `FROM (SELECT number, ${start} + number AS at FROM numbers(${mergedIds}) WHERE number % 2 = ${shard})`,
  };
};

/** Fills each shard with half of a project's rows. */
export async function fillShards({ servers }: Cluster, of: Filled): Promise<void> {
  for (const [shard, server] of servers.entries()) {
    for (const [table, select] of Object.entries(queries(of, shard))) {
      const query = `INSERT INTO ${table} ${select}`;
      const max_block_size = String(table === "events" ? Math.ceil(of.events / (of.parts ?? 8)) : 65_536);
      const settings = {
        optimize_on_insert: 0,
        max_block_size,
        min_insert_block_size_rows: "1",
        max_insert_threads: "1",
      } as const;
      await server.owner("shard").command({ query, clickhouse_settings: settings });
    }
  }
}
