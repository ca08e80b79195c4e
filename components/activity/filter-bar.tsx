"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useProject } from "@/components/app/project-context";
import { Button } from "@/components/ui/button";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { exportsQuery } from "@/lib/client/queries";
import { useDebounced } from "@/lib/client/use-debounced";
import { ACTIVITY_STATES } from "@/lib/fields/run-state";
import { RUN_TRIGGERS } from "@/lib/schemas/run";
import { triggerWords } from "./triggers";
import type { Filter } from "./use-filter";

const ALL = "all";

/** What narrows the activity: request id, state, trigger, export and time. */
export function FilterBar({ filter: { values, filter, set, clear } }: { filter: Filter }) {
  const project = useProject();
  // Only their names are of interest: nothing that runs changes those.
  const exports = useQuery({ ...exportsQuery(project.id), refetchInterval: false });
  const options = (exports.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <search aria-label="Filter requests" className="grid grid-cols-2 items-end gap-3 lg:grid-cols-6">
      <RequestId value={values.requestId} onChange={(requestId) => set({ requestId })} />
      <Choice
        label="State"
        all="All states"
        options={ACTIVITY_STATES.map((value) => ({ value, label: value }))}
        value={values.state}
        onChange={(state) => set({ state })}
      />
      <Choice
        label="Trigger"
        all="All triggers"
        options={RUN_TRIGGERS.map((value) => ({ value, label: triggerWords[value] }))}
        value={values.trigger}
        onChange={(trigger) => set({ trigger })}
      />
      <Choice
        label="Export"
        all="All exports"
        className="col-span-2"
        options={options}
        value={values.exportId}
        onChange={(exportId) => set({ exportId })}
      />
      <Moment label="Made after (UTC)" value={values.from} onChange={(from) => set({ from })} />
      <Moment label="Made before (UTC)" value={values.to} onChange={(to) => set({ to })} />
      {Object.keys(filter).length > 0 && (
        <Button className="col-span-2 justify-self-start" variant="ghost" onClick={clear}>
          <X aria-hidden /> Clear filters
        </Button>
      )}
    </search>
  );
}

function RequestId({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const [typed, setTyped] = useState(value ?? "");
  const settled = useDebounced(typed.trim(), 300);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed goes out; what comes in is below
  useEffect(() => {
    if (settled !== (value ?? "")) onChange(settled || null);
  }, [settled]);
  const [known, setKnown] = useState(value);
  // Cleared from outside: what is typed goes too.
  if (known !== value) {
    setKnown(value);
    if (value === null) setTyped("");
  }
  return (
    <Field label="Request ID" className="col-span-2">
      {(control) => (
        <Input
          {...control}
          type="search"
          placeholder="The whole ID, or its beginning"
          className="font-mono text-[0.8125rem]"
          spellCheck={false}
          autoComplete="off"
          maxLength={80}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  all: string;
  options: readonly { value: T; label: string }[];
  value: T | null;
  onChange: (value: T | null) => void;
  className?: string;
}

function Choice<T extends string>({ label, all, options, value, onChange, className }: ChoiceProps<T>) {
  return (
    <Field label={label} className={className}>
      {({ id }) => (
        <Select<T | typeof ALL>
          id={id}
          options={[{ value: ALL, label: all }, ...options]}
          value={value ?? ALL}
          onChange={(next) => onChange(next === ALL ? null : next)}
        />
      )}
    </Field>
  );
}

interface MomentProps {
  label: string;
  value: string | null;
  onChange: (value: Date | null) => void;
}

function Moment({ label, value, onChange }: MomentProps) {
  return (
    // The browser's own field cuts the time of day off when it is narrower.
    <Field label={label} className="max-sm:col-span-2 lg:col-span-2">
      {(control) => (
        <DateTimeField
          {...control}
          value={value}
          onChange={(next) => onChange(next === null ? null : new Date(next))}
        />
      )}
    </Field>
  );
}
