import { ChevronRight } from "lucide-react";
import { OUTCOMES } from "@/lib/client/check-words";
import { DESTINATION_OUTCOMES, SOURCE_OUTCOMES } from "@/lib/fields/check-names";
import { OutcomeBadge } from "./outcome-badge";

const GROUPS = [
  { title: "In the source", outcomes: SOURCE_OUTCOMES },
  { title: "At the destination", outcomes: DESTINATION_OUTCOMES },
];

/** What each outcome means, one sentence each. */
export function OutcomeLegend() {
  return (
    <details className="group">
      <summary className="inline-flex min-h-11 list-none items-center gap-1 rounded text-muted hover:text-foreground sm:min-h-8 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden />
        What the outcomes mean
      </summary>
      <div className="mt-1 grid gap-x-8 gap-y-4 rounded-xl bg-sunken p-4 md:grid-cols-2">
        {GROUPS.map(({ title, outcomes }) => (
          <section key={title} aria-label={title}>
            <h3 className="mb-2 font-medium text-[0.8125rem]">{title}</h3>
            <dl className="flex flex-col gap-2">
              {outcomes.map((outcome) => (
                <div key={outcome} className="flex items-start gap-3">
                  <dt className="w-28 shrink-0">
                    <OutcomeBadge outcome={outcome} />
                  </dt>
                  <dd className="min-w-0 pt-0.5 text-[0.8125rem]">{OUTCOMES[outcome].note}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </details>
  );
}
