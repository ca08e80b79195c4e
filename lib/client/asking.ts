import { infiniteQueryOptions, type QueryClient, type QueryKey, queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/fields/common";
import type { OperationId } from "@/lib/openapi/addresses";
import type { Answer, Input, PagedId } from "@/lib/openapi/client";
import { ask } from "./api";

// Queries from operations. A query's key is the operation's id and its input, so `[id]` is a prefix of all its queries.

const keyOf = <Id extends OperationId>(id: Id, input: Input<Id>): QueryKey => [id, input];

/** The query of an operation. Set `keep` if the response is likely to equal the last one. */
export const queryOf = <Id extends OperationId>(id: Id, input: Input<Id>, { keep = false } = {}) =>
  queryOptions({ queryKey: keyOf(id, input), queryFn: ({ signal }) => ask(id, input, { signal, keep }) });

interface Page {
  cursor: string | null;
  limit: number;
}

/** The query of a paginated list; `input` adds the page to the operation's query. For `keep`, see `queryOf`. */
export const pagesOf = <Id extends PagedId>(
  id: Id,
  input: (page: Page) => Input<Id>,
  limit = 50,
  { keep = false } = {},
) =>
  infiniteQueryOptions({
    queryKey: keyOf(id, input({ cursor: null, limit })),
    queryFn: ({ signal, pageParam }) => ask(id, input({ cursor: pageParam, limit }), { signal, keep }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page?.nextCursor,
  });

type ItemOf<Id extends PagedId> = Answer<Id> extends List<infer Item> ? Item : never;

/** The query of a whole list, for a choice among all of it: page after page. */
export const wholeOf = <Id extends PagedId>(id: Id, input: (page: Page) => Input<Id>, limit = 200) =>
  queryOptions({
    queryKey: [...keyOf(id, input({ cursor: null, limit })), "whole"],
    queryFn: async ({ signal }) => {
      const items: ItemOf<Id>[] = [];
      let cursor: string | null = null;
      do {
        const page = (await ask(id, input({ cursor, limit }), { signal })) as List<ItemOf<Id>>;
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return { items };
    },
  });

/** Invalidates the queries of these operations: all, or those with these parameters. */
export const refresh = (queries: QueryClient, ids: readonly OperationId[], params?: Record<string, string>) =>
  Promise.all(ids.map((id) => queries.invalidateQueries({ queryKey: params ? [id, { params }] : [id] })));

/** Operations that show exports, their runs, and the receipts of these. */
export const OF_EXPORTS = [
  "listExports",
  "getExport",
  "listRuns",
  "getCoverage",
  "listChecks",
  "getCatchUp",
  "listChain",
  "getChainHead",
  "listHistoricExports",
  "estimateHistoricExport",
] as const satisfies OperationId[];

/** Operations that show connections. */
export const OF_CONNECTIONS = ["listConnections", "getConnection"] as const satisfies OperationId[];
