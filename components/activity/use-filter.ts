import { parseAsIsoDateTime, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ActivityFilter } from "@/lib/client/queries";
import { ACTIVITY_STATES, RUN_TRIGGERS } from "@/lib/fields/run-state";

const parsers = {
  requestId: parseAsString,
  state: parseAsStringLiteral(ACTIVITY_STATES),
  trigger: parseAsStringLiteral(RUN_TRIGGERS),
  exportId: parseAsString,
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
};

/** The activity filter. It is kept in the URL so that users can share it. */
export function useFilter() {
  const [values, set] = useQueryStates(parsers);
  const { from, to, ...rest } = values;
  const given = { ...rest, from: from?.toISOString() ?? null, to: to?.toISOString() ?? null };
  const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value)) as ActivityFilter;
  return { values: given, filter, set, clear: () => set(null) };
}

export type Filter = ReturnType<typeof useFilter>;
