import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/client/format";
import type { Recovery } from "@/lib/fields/installation";

/** What was done after the last decision. */
export function RecoveryCard({ recovery, at }: { recovery: Recovery; at: string | null }) {
  const { adopted, refused, orphans, orphanCount, paused, lost } = recovery;
  return (
    <Card title="The last decision" description={at && <RelativeTime value={at} />}>
      <div className="flex flex-col gap-4">
        <p>
          {adopted === 0
            ? "No windows were recovered from buckets."
            : `${plural(adopted, "window")} recovered from receipts in buckets.`}
        </p>
        <Items title={`${plural(paused.length, "export")} paused`} isEmpty={paused.length === 0}>
          {paused.map(({ exportId, name, why }) => (
            <li key={exportId}>
              <Link href={`/exports/${exportId}`} className="rounded font-medium underline">
                {name}
              </Link>
              : {why}
            </li>
          ))}
        </Items>
        <Items title="Created after the backup, and lost with it" isEmpty={lost.length === 0}>
          {lost.map((id) => (
            <li key={id}>{`Export ${id}`}</li>
          ))}
        </Items>
        <Items title="Receipts that weren’t recovered" isEmpty={refused.length === 0}>
          {refused.map(({ exportId, key, why }) => (
            <li key={`${exportId} ${key}`} className="break-words">
              <span className="font-mono">{key}</span>: {why}
            </li>
          ))}
        </Items>
        <Items
          title={`${formatCount(orphanCount)} objects that no receipt names${orphanCount > orphans.length ? `, the first ${orphans.length} of them` : ""}`}
          isEmpty={orphanCount === 0}
        >
          {orphans.map((key) => (
            <li key={key} className="break-all font-mono">
              {key}
            </li>
          ))}
        </Items>
      </div>
    </Card>
  );
}

function Items({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) {
  if (isEmpty) return null;
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">{children}</ul>
    </div>
  );
}
