import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { applySourceSchema } from "@/local/clickhouse/schema";
import { openSourceDatabase, type SourceDatabase } from "@/testing/runs/source-database";
import { generateSample, isEmpty } from "./generate";
import { trickle } from "./trickle";

const PROJECT = 7;
const NOW = new Date("2026-03-12T15:20:30.400Z");

let source: SourceDatabase;
beforeAll(async () => {
  source = await openSourceDatabase();
  await applySourceSchema(source.client);
  await generate();
}, 120_000);
afterAll(() => source.close());

function generate(): Promise<void> {
  return generateSample(source.client, { sourceProjectId: PROJECT, days: 14, events: 40_000, now: NOW });
}

async function row(query: string): Promise<unknown> {
  const result = await source.client.query({ query, format: "JSONEachRow" });
  return (await result.json())[0];
}

it("makes about as many events as asked, none from the future, all valid", async () => {
  const facts = await row(`SELECT count()::UInt32 AS events, uniqExact(uuid)::UInt32 AS ids, max(inserted_at) AS last,
    countIf(NOT isValidJSON(properties) OR NOT isValidJSON(person_properties))::UInt32 AS broken,
    countIf(inserted_at < created_at OR created_at < timestamp)::UInt32 AS disordered,
    avg(length(properties)) BETWEEN 300 AND 600 AS sized, uniqExact(event) > 12 AS varied FROM events`);
  const { events, ids, last, ...rest } = facts as { events: number; ids: number; last: string };
  expect(Math.abs(events / 40_000 - 1)).toBeLessThan(0.03);
  expect(ids).toBe(events);
  expect(last <= "2026-03-12 15:20:30.400000" && last > "2026-03-12 15:00:00").toBe(true);
  expect(rest).toEqual({ broken: 0, disordered: 0, sized: 1, varied: 1 });
});

it("has nights and weekends", async () => {
  const rhythm = await row(`SELECT countIf(toHour(timestamp) = 3) * 4 < countIf(toHour(timestamp) = 10) AS nights,
    countIf(toDayOfWeek(timestamp) = 7) * 1.5 < countIf(toDayOfWeek(timestamp) = 2) AS weekends FROM events`);
  expect(rhythm).toEqual({ nights: 1, weekends: 1 });
});

it("has a person, and one person only, behind every distinct id", async () => {
  const people =
    await row(`SELECT count() > 3000 AS many, countIf(NOT has(p.distinct_ids, e.distinct_id))::UInt32 AS lost
    FROM (SELECT DISTINCT distinct_id, person_id FROM events) AS e LEFT JOIN persons AS p USING person_id`);
  expect(people).toEqual({ many: 1, lost: 0 });
  const versions = await row(`SELECT uniqExact(person_id)::UInt32 AS persons, max(version)::UInt8 AS version,
    sum(is_deleted) BETWEEN 50 AND 500 AS deleted FROM persons FINAL`);
  expect(versions).toEqual({ persons: 40_000, version: 2, deleted: 1 });
  expect(
    await row("SELECT count()::UInt32 AS n, max(amplitude_id) > 9007199254740992 AS large FROM merged_ids"),
  ).toEqual({ n: 2000, large: 1 });
});

it("makes the same rows at the same moment", async () => {
  const fingerprint = () => row("SELECT toString(sum(cityHash64(*))) AS sum FROM events");
  const first = await fingerprint();
  await source.client.command({ query: "TRUNCATE TABLE events" });
  expect(await isEmpty(source.client, PROJECT)).toBe(true);
  await generate();
  expect(await isEmpty(source.client, PROJECT)).toBe(false);
  expect(await fingerprint()).toEqual(first);
}, 60_000);

it("goes on with new events until it is stopped", async () => {
  const stop = new AbortController();
  const errors: unknown[] = [];
  const done = trickle(source.client, {
    sourceProjectId: PROJECT + 1,
    perSecond: 20,
    signal: stop.signal,
    onError: (error) => errors.push(error),
  });
  await sleep(1500);
  stop.abort();
  await done;
  const fresh = `SELECT count() > 30 AS many, min(inserted_at) > now() - 60 AS fresh FROM events
    WHERE project_id = ${PROJECT + 1}`;
  expect([await row(fresh), errors]).toEqual([{ many: 1, fresh: 1 }, []]);
});
