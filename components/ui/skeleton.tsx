import { cn } from "@/lib/client/cn";

interface SkeletonProps {
  className?: string;
  /** Announces what is loading to screen readers. Omit it if a parent already does. */
  label?: string;
}

/** A gray placeholder with the position and size of loading content. */
export function Skeleton({ className, label }: SkeletonProps) {
  const says =
    label === undefined ? ({ "aria-hidden": true } as const) : ({ role: "status", "aria-label": label } as const);
  return <div {...says} className={cn("animate-pulse rounded-md bg-border/70", className)} />;
}

/** A placeholder for a loading table. */
export function TableSkeleton({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="rounded-xl border border-border bg-surface shadow-raised">
      <div className="h-9 border-border border-b" />
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never move
        <div key={row} className="flex h-14 items-center gap-6 border-border border-b px-3 last:border-b-0">
          <Skeleton className="h-4 w-1/4" />
          <Skeleton className="h-4 w-1/3 max-sm:hidden" />
          <Skeleton className="ml-auto h-4 w-16" />
        </div>
      ))}
    </div>
  );
}
