"use client";

import { useQuery } from "@tanstack/react-query";
import { useProject } from "@/components/app/project-context";
import { ErrorState } from "@/components/ui/states";
import { ask } from "@/lib/client/api";
import { plural } from "@/lib/client/format";
import { reservedKeysQuery } from "@/lib/client/queries";
import { type LeftKeys, leftKeys } from "./left-keys";
import { ReleaseButton } from "./release-button";

/** Keys left behind by the project's exports, each with a way to release them. Renders nothing if there are none. */
export function ReservedKeyList() {
  const project = useProject();
  const reserved = useQuery(reservedKeysQuery(project.id));
  if (reserved.isError)
    return <ErrorState title="Couldn’t load reserved keys" error={reserved.error} onRetry={() => reserved.refetch()} />;
  const left = leftKeys(reserved.data?.items ?? []);
  if (left.length === 0) return null;
  return (
    <section aria-labelledby="reserved-keys">
      <h2 id="reserved-keys" className="scroll-mt-6 font-semibold text-[0.9375rem]">
        Reserved keys
      </h2>
      <p className="mt-0.5 mb-3 text-muted">
        Keys written by an export that was deleted or moved to another bucket. No other export can write them until you
        release them.
      </p>
      <ul
        aria-label="Reserved keys"
        className="divide-y divide-border rounded-xl border border-border bg-surface shadow-raised"
      >
        {left.map((keys) => (
          <ReservedItem key={keys.exportId} keys={keys} />
        ))}
      </ul>
    </section>
  );
}

function ReservedItem({ keys }: { keys: LeftKeys }) {
  const { exportId, exportName, isDeleted, buckets, count, exampleKey } = keys;
  const amount = plural(count, "key");
  return (
    <li className="flex items-center justify-between gap-4 px-3 py-2.5">
      <div className="min-w-0">
        <p className="break-words">
          {exportName}
          <span className="text-muted">{isDeleted ? " · deleted" : " · has moved"}</span>
        </p>
        <p className="break-all text-muted text-xs">
          {amount} in {buckets.join(", ")}, such as <span className="font-mono">{exampleKey}</span>
        </p>
      </div>
      <ReleaseButton
        permission="keys.release"
        name={`the keys of ${exportName}`}
        title={`Release the keys of “${exportName}”?`}
        confirmLabel="Release keys"
        release={() => ask("releaseKeys", { params: { id: exportId } })}
        done={`${amount} released`}
        shownBy="listReservedKeys"
      >
        Other exports can then write {count === 1 ? "this key" : "these keys"} and replace the objects named in receipts
        of “{exportName}”. The bucket’s objects don’t change until then.
      </ReleaseButton>
    </li>
  );
}
