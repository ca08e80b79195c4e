"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { ask } from "@/lib/client/api";
import { endSession } from "@/lib/client/end-session";
import { sessionsQuery } from "@/lib/client/people-queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import { SessionRow } from "./session-row";

/** The user's sessions, and ways to end them. */
export function Sessions() {
  const sessions = useQuery(sessionsQuery());
  return (
    <Card title="Where you’re signed in" description="Don’t recognize a device? Sign it out and change your password.">
      {sessions.isPending && (
        <div role="status" aria-label="Loading sessions">
          <Skeleton className="h-14 w-full" />
        </div>
      )}
      {sessions.isError && (
        <ErrorState title="Couldn’t load your sessions" error={sessions.error} onRetry={() => sessions.refetch()} />
      )}
      {sessions.isSuccess && (
        <>
          <ul aria-label="Sessions" className="divide-y divide-border border-border border-y">
            {sessions.data.items.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
          <EndMany others={sessions.data.items.filter(({ current }) => !current).length} />
        </>
      )}
    </Card>
  );
}

function EndMany({ others }: { others: number }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const endOthers = useMutation({
    mutationFn: () => ask("endOtherSessions", {}),
    onSuccess: () => {
      toast.success("You’re signed out of all other sessions");
      return queries.invalidateQueries(sessionsQuery());
    },
    onError: (error) => toast.error(error.message),
  });
  const endAll = useMutation({ mutationFn: () => ask("endOtherSessions", {}).then(endSession) });
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      {others > 0 && (
        <Button onClick={() => endOthers.mutate()} pending={endOthers.isPending}>
          Sign out all other sessions
        </Button>
      )}
      <Button variant="ghost" onClick={() => setAsking(true)}>
        <LogOut aria-hidden /> Sign out everywhere
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        confirmLabel="Sign out everywhere"
        cancelLabel="Stay signed in"
        onConfirm={() => endAll.mutate()}
        pending={endAll.isPending || endAll.isSuccess}
        error={endAll.error?.message}
      >
        <p>This includes this device. Exports keep running, and API keys keep working.</p>
      </ConfirmDialog>
    </div>
  );
}
