"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type Option, Select } from "@/components/ui/select";
import { actionsOn, OBJECT_TYPES } from "@/lib/client/audit-words";
import { membersQuery } from "@/lib/client/people-queries";
import type { useAuditFilters } from "./use-audit-filters";

/** The value that stands for no filter: a choice needs one that isn't empty. */
const ALL = "all";

/** The filters above the log. */
export function AuditFilterBar({ filters }: { filters: ReturnType<typeof useAuditFilters> }) {
  const { values, set } = filters;
  return (
    // Four columns only where one holds a date with its time of day.
    <search aria-label="Filter the audit log" className="mb-4 grid grid-cols-2 items-end gap-3 xl:grid-cols-4">
      <Text value={values.text} onChange={(text) => set({ text })} />
      <Choice
        label="Object"
        all="All objects"
        options={OBJECT_TYPES}
        value={values.objectType}
        // The actions are those on the chosen kind of object.
        onChange={(objectType) => set({ objectType, action: "" })}
      />
      <Choice
        label="Action"
        all="All actions"
        options={actionsOn(values.objectType)}
        value={values.action}
        onChange={(action) => set({ action })}
      />
      <People filters={filters} />
      <Moment label="From (UTC)" value={values.from} onChange={(from) => set({ from })} />
      <Moment label="Until (UTC)" value={values.to} onChange={(to) => set({ to })} />
      <OneObject filters={filters} />
      {filters.any && (
        <Button variant="ghost" className="justify-self-start" onClick={filters.clear}>
          <X aria-hidden /> Clear filters
        </Button>
      )}
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
            placeholder="A name, or a part of it"
            className="pl-9"
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </div>
      )}
    </Field>
  );
}

interface ChoiceProps {
  label: string;
  all: string;
  options: readonly Option<string>[];
  /** Empty for no filter. */
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

function Choice({ label, all, options, value, onChange, className }: ChoiceProps) {
  // An address may name what the list doesn't.
  const known = value === "" || options.some((option) => option.value === value);
  return (
    <Field label={label} className={className}>
      {({ id }) => (
        <Select
          id={id}
          options={[{ value: ALL, label: all }, ...options, ...(known ? [] : [{ value, label: value }])]}
          value={value === "" ? ALL : value}
          onChange={(next) => onChange(next === ALL ? "" : next)}
        />
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
    <Choice
      label="Person"
      all="Everybody"
      className="max-sm:col-span-2"
      options={options}
      value={filters.values.actorId}
      onChange={(actorId) => filters.set({ actorId })}
    />
  );
}

function Moment({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={label} className="max-sm:col-span-2">
      {(control) => <DateTimeField {...control} value={value || null} onChange={(next) => onChange(next ?? "")} />}
    </Field>
  );
}

/** A filter that no field is for: it comes by a click on an object's name, or with a link. */
function OneObject({ filters: { values, set } }: { filters: ReturnType<typeof useAuditFilters> }) {
  if (values.objectId === "") return null;
  return (
    <Button className="min-w-0 justify-self-start" onClick={() => set({ objectId: "" })}>
      <X aria-hidden /> Only one object
    </Button>
  );
}
