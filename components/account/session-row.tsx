"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Laptop, Smartphone } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { deviceWords } from "@/lib/client/device-words";
import { sessionsQuery } from "@/lib/client/people-queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Session } from "@/lib/schemas/me";

/** One sign-in: device, IP address, and last use. */
export function SessionRow({ session: { id, current, ip, userAgent, lastUsedAt, createdAt } }: { session: Session }) {
  const queries = useQueryClient();
  const device = deviceWords(userAgent);
  const end = useMutation({
    mutationFn: () => ask("endSession", { params: { sessionId: id } }),
    onSuccess: () => queries.invalidateQueries(sessionsQuery()),
    onError: (error) => toast.error(error.message),
  });
  const Icon = /iPhone|Android/.test(device) ? Smartphone : Laptop;
  return (
    <li className="flex items-center gap-3 py-3">
      <Icon className="size-5 shrink-0 text-muted" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-words font-medium" title={userAgent ?? undefined}>
            {device}
          </span>
          {current && <Badge tone="ok">This device</Badge>}
        </p>
        <p className="break-words text-muted text-xs">
          {ip ?? "Unknown address"} · used <RelativeTime value={lastUsedAt} /> · signed in{" "}
          <RelativeTime value={createdAt} />
        </p>
      </div>
      {!current && (
        <Button size="sm" aria-label={`Sign out ${device}`} pending={end.isPending} onClick={() => end.mutate()}>
          Sign out
        </Button>
      )}
    </li>
  );
}
