import { FilterChoice } from "@/components/ui/filters";
import { KINDS, OUTCOMES } from "@/lib/client/check-words";
import { CHECK_KINDS, CHECK_OUTCOMES } from "@/lib/fields/check-names";
import type { CheckKind, CheckOutcome } from "@/lib/fields/checks";

interface Filter {
  kind: CheckKind | null;
  outcome: CheckOutcome | null;
}

const KIND_OPTIONS = CHECK_KINDS.map((value) => ({ value, label: KINDS[value] }));
const OUTCOME_OPTIONS = CHECK_OUTCOMES.map((value) => ({ value, label: OUTCOMES[value].label }));

/** Which checks the list shows. */
export function CheckFilters({ filter, onChange }: { filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  return (
    <div className="flex min-w-0 gap-3 max-sm:w-full">
      <FilterChoice
        label="Kind"
        all="All checks"
        className="w-40 max-sm:flex-1"
        options={KIND_OPTIONS}
        value={filter.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterChoice
        label="Outcome"
        all="All outcomes"
        className="w-40 max-sm:flex-1"
        options={OUTCOME_OPTIONS}
        value={filter.outcome}
        onChange={(outcome) => onChange({ outcome })}
      />
    </div>
  );
}
