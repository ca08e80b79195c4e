import { Badge } from "@/components/ui/badge";
import type { Policy } from "@/lib/destinations/s3/policy-schema";

/** Each requested permission with its reason; optional ones are marked. */
export function PolicyActions({ actions }: { actions: Policy["actions"] }) {
  return (
    <div>
      <h3 className="mb-2 font-medium text-[0.8125rem]">What each permission is for</h3>
      <ul aria-label="Permissions" className="divide-y divide-border rounded-xl border border-border">
        {actions.map(({ action, why, optional }) => (
          <li key={action} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2">
            <code className="break-all font-mono text-xs sm:w-56 sm:shrink-0">{action}</code>
            <span className="min-w-0 flex-1 basis-60 text-muted">{why}</span>
            {optional && <Badge>Optional</Badge>}
          </li>
        ))}
      </ul>
    </div>
  );
}
