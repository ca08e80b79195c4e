"use client";

import { ChevronRight, CircleCheck, CirclePause, CircleX, SearchCheck, Wrench } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { formatInterval } from "@/lib/client/format";
import type { Alert } from "@/lib/schemas/alert";
import { DELIVERY_WORDS } from "./delivery-words";

const kinds = {
  failed: { label: "Failed", tone: "bad", Icon: CircleX },
  paused: { label: "Paused automatically", tone: "warn", Icon: CirclePause },
  finding: { label: "Finding", tone: "warn", Icon: SearchCheck },
  recovered: { label: "Recovered", tone: "ok", Icon: CircleCheck },
} as const;

const channels = { mail: "Email", webhook: "Webhook", slack: "Slack" };

/** One alert: what happened, what to do, and who was notified. */
export function AlertItem({ value }: { value: Alert }) {
  const { kind, exportName, failure, intervalStart, intervalEnd, createdAt } = value;
  const { label, tone, Icon } = kinds[kind];
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tone}>
          <Icon aria-hidden /> {label}
        </Badge>
        <Link href={hrefOf(value)} className="min-w-0 truncate rounded font-medium hover:underline">
          {exportName}
        </Link>
        <span className="ml-auto text-muted text-xs">
          <RelativeTime value={createdAt} />
        </span>
      </div>
      <p className="mt-1 text-muted text-xs">Window {formatInterval(intervalStart, intervalEnd)} UTC</p>
      {failure && <p className="mt-1.5 break-words">{failure.message}</p>}
      {failure?.fix && (
        <p className="mt-1 flex gap-1.5 break-words text-muted">
          <Wrench className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          <span className="min-w-0">
            <span className="font-medium text-foreground">Fix: </span>
            {failure.fix}
          </span>
        </p>
      )}
      <Told deliveries={value.deliveries} />
    </li>
  );
}

/** The run of an alert or, of what checks found, all that they found. */
const hrefOf = ({ kind, exportId, runId }: Alert): string => {
  if (kind === "finding") return `/exports/${exportId}?tab=checks`;
  return `/exports/${exportId}${runId ? `?run=${runId}` : ""}`;
};

function Told({ deliveries }: { deliveries: Alert["deliveries"] }) {
  if (deliveries.length === 0) return <p className="mt-2 text-muted text-xs">No recipients, so nothing was sent.</p>;
  const failed = deliveries.filter(({ state }) => state === "failed").length;
  return (
    <details className="group mt-2 text-xs">
      <summary className="inline-flex min-h-11 list-none items-center gap-1 rounded text-muted hover:text-foreground sm:min-h-6 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
        Recipients ({deliveries.length}){failed > 0 && <span className="text-bad">· {failed} not delivered</span>}
      </summary>
      <ul aria-label="Recipients" className="mt-1 flex flex-col gap-1 pl-4.5">
        {deliveries.map(({ channel, to, state, error }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an alert's list only grows
          <li key={index} className="break-words">
            <span className="text-muted">{channels[channel]}</span> {to}
            <span className="text-muted"> · {DELIVERY_WORDS[state].label.toLowerCase()}</span>
            {error && <span className="text-bad"> · {error}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
