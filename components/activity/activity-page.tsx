"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Activity as Icon, ListFilter } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { RunDrawer } from "@/components/runs/run-drawer";
import { Button } from "@/components/ui/button";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { useProgress } from "@/lib/client/live/use-progress";
import { isActive } from "@/lib/client/polling";
import { activityQuery, liveExportsQuery, runQuery } from "@/lib/client/queries";
import { ActivityTable } from "./activity-table";
import { FilterBar } from "./filter-bar";
import { useFilter } from "./use-filter";

/** Every request of the project, searchable by id or by its attributes. */
export function ActivityPage() {
  const filter = useFilter();
  const [runId, setRunId] = useQueryState("run", parseAsString.withOptions({ history: "push" }));
  return (
    <>
      <PageHeader
        title="Activity"
        description="Every request: scheduled, one-time, historic, and retried. The request ID is in the manifest and in the metadata of every object it wrote."
      />
      <div className="flex flex-col gap-5">
        <FilterBar filter={filter} />
        <Requests filter={filter} onOpen={setRunId} />
      </div>
      {runId !== null && <Followed runId={runId} />}
      <RunDrawer runId={runId} onClose={() => setRunId(null)} onOpenRun={setRunId} />
    </>
  );
}

/** The drawer's run is followed like those of its export's own page. */
function Followed({ runId }: { runId: string }) {
  const run = useQuery({ ...runQuery(runId), enabled: false });
  useProgress(run.data?.exportId ?? "", run.data !== undefined && isActive(run.data));
  return null;
}

function Requests({
  filter: { filter, clear },
  onOpen,
}: {
  filter: ReturnType<typeof useFilter>;
  onOpen: (id: string) => void;
}) {
  const project = useProject();
  const exports = useQuery(liveExportsQuery(project.id));
  const activity = useInfiniteQuery(activityQuery(project.id, filter, exports.data?.items));
  if (activity.isPending) return <TableSkeleton label="Loading requests" />;
  if (activity.isError)
    return <ErrorState title="Couldn’t load requests" error={activity.error} onRetry={() => activity.refetch()} />;
  const items = activity.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Nothing filtered={Object.keys(filter).length > 0} onClear={clear} />;
  return (
    <div className="flex flex-col gap-3">
      <ActivityTable items={items} onOpen={onOpen} />
      {activity.hasNextPage && (
        <Button className="self-center" onClick={() => activity.fetchNextPage()} pending={activity.isFetchingNextPage}>
          Show older requests
        </Button>
      )}
    </div>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered)
    return (
      <EmptyState
        icon={<ListFilter aria-hidden />}
        title="No matching requests"
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Search matches the beginning of a request ID. Times are when the request was created.
      </EmptyState>
    );
  return (
    <EmptyState icon={<Icon aria-hidden />} title="No requests yet">
      Scheduled and manual runs appear here as soon as they start.
    </EmptyState>
  );
}
