"use client";

import { parseAsString, useQueryStates } from "nuqs";
import type { AuditFilters } from "@/lib/client/people-queries";

const text = parseAsString.withDefault("");

const PARSERS = { text, action: text, objectType: text, objectId: text, actorId: text, from: text, to: text };

export type AuditFilterValues = Record<keyof typeof PARSERS, string>;

/** What the log is filtered by, as it stands in the address. */
export function useAuditFilters() {
  const [values, setValues] = useQueryStates(PARSERS);
  const { text: _, ...rest } = values;
  const asked: AuditFilters = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
  return {
    values,
    /** The filters that are set, but for the text. */
    asked,
    any: Object.values(values).some((value) => value !== ""),
    /** Null takes a filter away, as an empty text does. */
    set: (next: Partial<Record<keyof AuditFilterValues, string | null>>) => setValues(next),
    clear: () => setValues(null),
  };
}
