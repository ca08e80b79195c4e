"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect } from "react";
import { Fix } from "@/components/runs/fix";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { KINDS } from "@/lib/client/check-words";
import { formatCount, formatInterval, plural } from "@/lib/client/format";
import { checkRequestQuery } from "@/lib/client/queries";
import type { CheckRequest } from "@/lib/schemas/check";

const TONES = { Running: "info", Completed: "ok", Failed: "bad" } as const;

/** How far requested checks are. The lists follow as they go on. */
export function CheckProgress({ id, onDismiss }: { id: string; onDismiss: () => void }) {
  const queries = useQueryClient();
  const request = useQuery(checkRequestQuery(id));
  const progress = request.data && `${request.data.state} ${request.data.done}`;
  useEffect(() => {
    if (progress !== undefined) void refresh(queries, OF_EXPORTS);
  }, [progress, queries]);
  if (request.isPending) return <Skeleton className="h-20 w-full" />;
  if (request.isError) return <ErrorState title="Couldn’t load the progress of these checks" error={request.error} />;
  const { kind, from, to, state, windows, done, error } = request.data;
  return (
    <section aria-label="Requested checks" className="rounded-xl border border-border bg-surface p-4 shadow-raised">
      <div className="flex items-start justify-between gap-3">
        <h3 className="font-medium">
          {KINDS[kind]}, {formatInterval(from, to)} <span className="font-normal text-muted">UTC</span>
        </h3>
        <Button variant="ghost" size="icon" className="-my-1.5" aria-label="Hide these checks" onClick={onDismiss}>
          <X aria-hidden />
        </Button>
      </div>
      <Progress className="mt-2" label="Windows checked" value={done} max={windows} tone={TONES[state]} />
      <p role="status" className="mt-2 text-[0.8125rem] text-muted">
        {words({ state, windows, done })}
      </p>
      {error && <p className="mt-1 break-words text-bad">{error.message}</p>}
      {error?.fix && <Fix {...error} />}
    </section>
  );
}

function words({ state, windows, done }: Pick<CheckRequest, "state" | "windows" | "done">): string {
  const progress = `${formatCount(done)} of ${plural(windows, "window")} checked`;
  if (state === "Running") return progress;
  return state === "Completed" ? `Completed: ${progress}` : `Ended early: ${progress}`;
}
