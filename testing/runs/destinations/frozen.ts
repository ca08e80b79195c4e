import { Readable } from "node:stream";
import { expect } from "vitest";
import type { OpenDestination } from "@/lib/destinations/types";
import { until } from "../until";
import { postgresHarness } from "./postgres";

const COPYING = "DO $$ BEGIN PERFORM 1 / count(*) FROM pg_stat_progress_copy WHERE bytes_processed > 0; END $$";

/** Rows of merged ids in binary COPY format. */
function copied(count: number): Buffer {
  const row = Buffer.alloc(2 + 5 * 12);
  row.writeInt16BE(5);
  for (let field = 0; field < 5; field += 1) row.writeInt32BE(8, 2 + field * 12);
  return Buffer.concat(Array.from({ length: count }, () => row));
}

/** Freezes one attempt at a file in the middle of its rows. A second attempt takes the stage, and is committed. */
export async function secondTryWins(to: OpenDestination): Promise<void> {
  await to.prepare(["merged_ids"], async () => new Set());
  const file = { key: "run/merged_ids-0.copy", table: "merged_ids", contentType: "application/octet-stream" };
  const frozen = new Readable({ read() {} });
  frozen.push(copied(1));
  const signal = AbortSignal.timeout(60_000);
  const first = to.putFile({ ...file, body: frozen }, signal);
  const ended = expect(first).rejects.toMatchObject({ failure: { code: "warehouse_busy", retryable: true } });
  await until("the first try had sent a row", () =>
    postgresHarness.sql(COPYING).then(
      () => true,
      () => false,
    ),
  );
  expect(await to.putFile({ ...file, body: Readable.from([copied(2)]) }, signal)).toMatchObject({ etag: "2 rows" });
  await ended;
  const files = [{ ...file, rows: 2 }];
  const { tables } = await to.commit({ files, tables: ["merged_ids"], manifest: null });
  expect(tables).toMatchObject([{ rows: 2, loaded: 2 }]);
}
