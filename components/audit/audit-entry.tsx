"use client";

import { Bot, ChevronRight, KeyRound, UserRound } from "lucide-react";
import { Breakable } from "@/components/ui/breakable";
import { RelativeTime } from "@/components/ui/time";
import { entryWords, objectNoun, objectWords } from "@/lib/client/audit-words";
import { deviceWords } from "@/lib/client/device-words";
import { formatTime, plural } from "@/lib/client/format";
import type { AuditEntry } from "@/lib/schemas/audit";
import { AuditChanges } from "./audit-changes";
import type { AuditFilterValues } from "./use-audit-filters";

const actors = {
  user: { Icon: UserRound, label: "Person" },
  key: { Icon: KeyRound, label: "API key" },
  system: { Icon: Bot, label: "Penstock" },
};

interface EntryProps {
  entry: AuditEntry;
  /** Shows only entries of this entry's object or actor. */
  onFilter: (next: Partial<AuditFilterValues>) => void;
}

/** One audit log entry; opens to show its changes and origin. */
export function AuditEntryItem({ entry, onFilter }: EntryProps) {
  const { actor, object, changes, time } = entry;
  const { Icon, label } = actors[actor.kind];
  return (
    <li>
      <details className="group">
        <summary className="flex min-h-14 list-none items-start gap-3 px-4 py-3 transition-colors hover:bg-sunken/60 focus-visible:outline-offset-[-2px] [&::-webkit-details-marker]:hidden">
          <ChevronRight
            className="mt-0.5 size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
            aria-hidden
          />
          <span className="min-w-0 flex-1">
            <span className="block break-words">
              <span className="font-medium">{entryWords(entry)}</span>
              {object.name !== "" && object.name !== actor.name && (
                <>
                  {" · "}
                  {/* Keeps a name on one line if it fits. */}
                  <span className="inline-block max-w-full align-bottom">
                    <Breakable text={object.name} />
                  </span>
                </>
              )}
            </span>
            <span className="mt-0.5 flex min-w-0 items-center gap-1.5 text-muted text-xs">
              <Icon className="size-3.5 shrink-0" aria-label={label} />
              <span className="truncate">{actor.name}</span>
              {changes.length > 0 && <span className="shrink-0">· {plural(changes.length, "field")}</span>}
              <span className="ml-auto shrink-0 pl-1.5 sm:hidden">
                <RelativeTime value={time} />
              </span>
            </span>
          </span>
          <span className="shrink-0 text-muted text-xs max-sm:hidden">
            <RelativeTime value={time} />
          </span>
        </summary>
        <div className="flex flex-col gap-3 px-4 pb-4 sm:pl-11">
          <AuditChanges changes={changes} />
          <Origin entry={entry} />
          <div className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
            <Only label={`Only this ${objectNoun(object.type)}`} onClick={() => onFilter({ objectId: object.id })} />
            {actor.id !== null && (
              <Only label="Only this person or key" onClick={() => onFilter({ actorId: actor.id ?? "" })} />
            )}
          </div>
        </div>
      </details>
    </li>
  );
}

function Only({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" onClick={onClick} className="min-h-11 rounded text-primary hover:underline sm:min-h-6">
      {label}
    </button>
  );
}

function Origin({ entry: { time, action, object, ip, userAgent } }: { entry: AuditEntry }) {
  const facts = [
    ["When", formatTime(time)],
    ["From", ip ?? "Unknown"],
    ["Device", userAgent ? deviceWords(userAgent) : "None"],
    ["Action", action],
    ["Object", `${objectWords(object.type)} ${object.id}`],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="break-all" title={name === "Device" ? (userAgent ?? undefined) : undefined}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
