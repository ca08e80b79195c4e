import { Badge } from "@/components/ui/badge";
import { Breakable } from "@/components/ui/breakable";
import { Facts } from "@/components/ui/card";
import type { Finding } from "@/verifier/core/finding";

/** Everything that is not true, with what was expected and what was found. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul className="divide-y divide-border border-border border-y" aria-label="What is false">
      {findings.map(({ what, subject, status, expected, found }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings are only added, and may be equal
        <li key={index} className="flex flex-col gap-2 py-3">
          <div className="flex flex-wrap items-center gap-2">
            <Badge tone={status === "false" ? "bad" : "warn"}>{status === "false" ? "False" : "Not checked"}</Badge>
            <span className="font-medium">{what}</span>
          </div>
          <p className="min-w-0 break-words font-mono text-xs">
            <Breakable text={subject} />
          </p>
          <Facts
            items={[
              ["Expected", expected],
              ["Found", found],
            ]}
          />
        </li>
      ))}
    </ul>
  );
}
