"use client";

import { parseAsString, useQueryStates } from "nuqs";
import type { AuditFilters } from "@/lib/client/people-queries";

const text = parseAsString.withDefault("");

const PARSERS = { text, action: text, objectType: text, objectId: text, actorId: text, from: text, to: text };

export type AuditFilterValues = Record<keyof typeof PARSERS, string>;

/** The filters of the audit log, kept in the URL. */
export function useAuditFilters() {
  const [values, setValues] = useQueryStates(PARSERS);
  const { text: _, ...rest } = values;
  const asked: AuditFilters = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
  return {
    values,
    /** The active filters, without the text. */
    asked,
    any: Object.values(values).some((value) => value !== ""),
    /** Null removes a filter, as does an empty string. */
    set: (next: Partial<Record<keyof AuditFilterValues, string | null>>) => setValues(next),
    clear: () => setValues(null),
  };
}
