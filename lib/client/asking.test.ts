import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { OF_EXPORTS, refresh } from "./asking";
import { membersQuery } from "./people-queries";
import { coverageQuery, exportQuery, exportsQuery, runsQuery } from "./queries";

const ONE = "0b0e7c7e-3a55-4f8e-9a3c-1c8a1f3f5a01";
const OTHER = "0b0e7c7e-3a55-4f8e-9a3c-1c8a1f3f5a02";

/** Caches answers under keys; returns which of them `what` invalidates. */
async function outdated(keys: (readonly unknown[])[], what: (queries: QueryClient) => Promise<unknown>) {
  const queries = new QueryClient();
  for (const key of keys) queries.setQueryData(key, {});
  await what(queries);
  return keys.map((key) => queries.getQueryState(key)?.isInvalidated);
}

const runs = (id: string) => runsQuery(id, null).queryKey;

it("asks again for all of an operation's queries", async () => {
  const keys = [exportsQuery(ONE).queryKey, runs(OTHER), membersQuery().queryKey];
  expect(await outdated(keys, (queries) => refresh(queries, OF_EXPORTS))).toEqual([true, true, false]);
});

it("asks again for those about one export, whatever their query", async () => {
  const coverage = [...coverageQuery(ONE, "2026-01-01", "2026-01-02").queryKey, "marks"];
  const keys = [exportQuery(ONE).queryKey, runs(ONE), coverage, exportQuery(OTHER).queryKey, runs(OTHER)];
  const found = await outdated(keys, (queries) => refresh(queries, OF_EXPORTS, { id: ONE }));
  expect(found).toEqual([true, true, true, false, false]);
});
