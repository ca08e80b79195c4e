"use client";

import { CircleCheck, CirclePause, PlugZap, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Fix } from "@/components/runs/fix";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { formatTime, plural } from "@/lib/client/format";
import { useMay } from "@/lib/client/use-may";
import type { Export, PauseReason } from "@/lib/schemas/export";
import { ResumeButtons } from "./resume-buttons";

/** Why the schedule doesn’t run, and how to resume it; nothing while it runs. */
export function Stopped({ value }: { value: Export }) {
  // Resuming it would run nothing.
  if (value.ended) return <Ended value={value} />;
  if (value.paused)
    return value.pause && value.pause.by !== "person" ? (
      <PausedItself value={value} pause={value.pause} />
    ) : (
      <PausedManually value={value} />
    );
  if (value.blockedBy === "connection_unverified")
    return (
      <Notice tone="warn" icon={<PlugZap aria-hidden />} title="Not started: its connection isn’t verified">
        <p>
          It starts automatically once{" "}
          <ConnectionLink value={value}>“{value.connectionName}” is verified</ConnectionLink>.
        </p>
      </Notice>
    );
  if (value.blockedBy === "connection_off")
    return (
      <Notice tone="idle" icon={<CirclePause aria-hidden />} title="Automatic exports are off for its connection">
        <p>
          Schedules that use <ConnectionLink value={value}>“{value.connectionName}”</ConnectionLink> don’t run until
          automatic exports are turned on there. Historic exports and retries can still run.
        </p>
      </Notice>
    );
  return null;
}

function Ended({ value }: { value: Export }) {
  const mayManage = useMay("exports.manage");
  return (
    <Notice
      tone="idle"
      icon={<CircleCheck aria-hidden />}
      title={value.endAt ? `Ended on ${formatTime(value.endAt)}` : "Ended"}
    >
      <p>
        No more scheduled runs.{" "}
        {mayManage && (
          <>
            To continue it,{" "}
            <Link href={`/exports/${value.id}/edit`} className="rounded font-medium underline">
              change its end date
            </Link>
            . To export earlier windows, create a historic export.
          </>
        )}
      </p>
    </Notice>
  );
}

function ConnectionLink({ value, children }: { value: Export; children: ReactNode }) {
  return (
    <Link href={`/connections/${value.connectionId}`} className="break-words rounded font-medium underline">
      {children}
    </Link>
  );
}

function PausedManually({ value }: { value: Export }) {
  return (
    <Notice
      tone="idle"
      icon={<CirclePause aria-hidden />}
      title={
        <>
          Paused{value.pause?.name && ` by ${value.pause.name}`}{" "}
          {value.pause && <RelativeTime value={value.pause.at} />}
        </>
      }
    >
      <p>Its schedule doesn’t run. Historic exports and retries can still run.</p>
      <ResumeButtons value={value} />
    </Notice>
  );
}

function PausedItself({ value, pause }: { value: Export; pause: PauseReason }) {
  return (
    <Notice
      tone="bad"
      icon={<TriangleAlert aria-hidden />}
      title={
        pause.by === "recovery" ? (
          <>
            Paused <RelativeTime value={pause.at} />, after the database was restored or copied
          </>
        ) : (
          <>
            Paused automatically <RelativeTime value={pause.at} />, after {plural(pause.failures, "failure")} in a row
          </>
        )
      }
    >
      {pause.error && <p className="break-words">{pause.error.message}</p>}
      {pause.error?.fix && <Fix {...pause.error} />}
      {pause.since && <p className="text-muted">Windows have been missing since {formatTime(pause.since)}.</p>}
      <ResumeButtons value={value} />
    </Notice>
  );
}

const tones = {
  bad: { frame: "border-bad-solid/40 bg-bad-soft", title: "text-bad" },
  warn: { frame: "border-warn-solid/50 bg-warn-soft", title: "text-warn" },
  idle: { frame: "border-border-strong bg-sunken", title: "text-foreground" },
};

interface NoticeProps {
  tone: keyof typeof tones;
  icon: ReactNode;
  title: ReactNode;
  children: ReactNode;
}

function Notice({ tone, icon, title, children }: NoticeProps) {
  return (
    <section aria-label="Why the schedule doesn’t run" className={`mb-4 rounded-xl border p-4 ${tones[tone].frame}`}>
      <h2 className={`flex gap-2 font-medium [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 ${tones[tone].title}`}>
        {icon}
        <span className="min-w-0">{title}</span>
      </h2>
      <div className="mt-1.5 flex flex-col gap-2 pl-6">{children}</div>
    </section>
  );
}
