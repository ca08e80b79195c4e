"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ClearFilters, FilterChoice, FilterMoment } from "@/components/ui/filters";
import { Input } from "@/components/ui/input";
import type { Option } from "@/components/ui/select";
import { actionsOn, OBJECT_TYPES } from "@/lib/client/audit-words";
import { membersQuery } from "@/lib/client/people-queries";
import type { useAuditFilters } from "./use-audit-filters";

const MOMENT = "max-sm:col-span-2";

/** The options, plus the URL's value if it is not among them. */
const including = (options: readonly Option<string>[], value: string) =>
  value === "" || options.some((option) => option.value === value) ? options : [...options, { value, label: value }];

export function AuditFilterBar({ filters }: { filters: ReturnType<typeof useAuditFilters> }) {
  const { values, set } = filters;
  return (
    // Four columns only where a column fits a date with its time.
    <search aria-label="Filter the audit log" className="mb-4 grid grid-cols-2 items-end gap-3 xl:grid-cols-4">
      <Text value={values.text} onChange={(text) => set({ text })} />
      <FilterChoice
        label="Object"
        all="All objects"
        options={including(OBJECT_TYPES, values.objectType)}
        value={values.objectType || null}
        // The actions depend on the kind of object.
        onChange={(objectType) => set({ objectType, action: "" })}
      />
      <FilterChoice
        label="Action"
        all="All actions"
        options={including(actionsOn(values.objectType), values.action)}
        value={values.action || null}
        onChange={(action) => set({ action })}
      />
      <People filters={filters} />
      <FilterMoment
        label="From (UTC)"
        className={MOMENT}
        value={values.from || null}
        onChange={(from) => set({ from })}
      />
      <FilterMoment label="Until (UTC)" className={MOMENT} value={values.to || null} onChange={(to) => set({ to })} />
      <OneObject filters={filters} />
      {filters.any && <ClearFilters className="justify-self-start" onClick={filters.clear} />}
    </search>
  );
}

function Text({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field label="Person or object" className="max-sm:col-span-2">
      {(control) => (
        <div className="relative">
          <Search className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" aria-hidden />
          <Input
            {...control}
            type="search"
            placeholder="Full or partial name"
            className="pl-9"
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </div>
      )}
    </Field>
  );
}

function People({ filters }: { filters: ReturnType<typeof useAuditFilters> }) {
  const members = useInfiniteQuery(membersQuery());
  const options = (members.data?.pages ?? [])
    .flatMap((page) => page.items)
    .map(({ userId, name, email }) => ({ value: userId, label: name, note: email }));
  return (
    <FilterChoice
      label="Person"
      all="Everyone"
      className="max-sm:col-span-2"
      options={including(options, filters.values.actorId)}
      value={filters.values.actorId || null}
      onChange={(actorId) => filters.set({ actorId })}
    />
  );
}

/** A filter without a field: set by a click on an object's name, or by a link. */
function OneObject({ filters: { values, set } }: { filters: ReturnType<typeof useAuditFilters> }) {
  if (values.objectId === "") return null;
  return (
    <Button className="min-w-0 justify-self-start" onClick={() => set({ objectId: "" })}>
      <X aria-hidden /> Only one object
    </Button>
  );
}
