"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import type { List } from "@/lib/fields/common";

/** The state of a paginated list; compatible with the result of `useInfiniteQuery`. */
interface PagedQuery<T> {
  data: { pages: List<T>[] } | undefined;
  error: Error | null;
  isPending: boolean;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface PagedProps<T> {
  query: PagedQuery<T>;
  /** Plural noun in lowercase: `members`. */
  what: string;
  rows?: number;
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

/**
 * A paginated list with loading, error, and empty states, and a "Show more" button, which a search may show before any
 * match.
 */
export function Paged<T>({ query, what, rows = 3, empty, children }: PagedProps<T>) {
  if (query.isPending) return <TableSkeleton label={`Loading ${what}`} rows={rows} />;
  if (!query.data)
    return (
      <ErrorState
        title={`Couldn’t load the ${what}`}
        error={query.error ?? new Error("No response. Try again in a moment.")}
        onRetry={() => query.refetch()}
      />
    );
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0 && !query.hasNextPage) return empty;
  return (
    <div className="flex flex-col gap-3">
      {items.length === 0 ? empty : children(items)}
      {query.hasNextPage && (
        <Button steps className="self-center" onClick={() => query.fetchNextPage()} pending={query.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </div>
  );
}
