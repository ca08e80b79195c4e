"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import type { List } from "@/lib/fields/common";

/** What a list that comes page by page says of itself; fits the answer of `useInfiniteQuery`. */
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
  /** What is listed, in small letters and the plural: `members`. */
  what: string;
  rows?: number;
  empty: ReactNode;
  children: (items: readonly T[]) => ReactNode;
}

/** A list while it loads, when it failed, when nothing is in it, and with a button for more, which a search may have before it finds any. */
export function Paged<T>({ query, what, rows = 3, empty, children }: PagedProps<T>) {
  if (query.isPending) return <TableSkeleton label={`Loading ${what}`} rows={rows} />;
  if (!query.data)
    return (
      <ErrorState
        title={`The ${what} can't be loaded`}
        error={query.error ?? new Error("No answer came. Try again in a moment.")}
        onRetry={() => query.refetch()}
      />
    );
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0 && !query.hasNextPage) return empty;
  return (
    <div className="flex flex-col gap-3">
      {items.length === 0 ? empty : children(items)}
      {query.hasNextPage && (
        <Button className="self-center" onClick={() => query.fetchNextPage()} pending={query.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </div>
  );
}
