"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useProject } from "@/components/app/project-context";
import { stateWord } from "@/components/runs/run-state";
import { TRIGGERS } from "@/components/runs/trigger-words";
import { Field } from "@/components/ui/field";
import { ClearFilters, FilterChoice, FilterMoment } from "@/components/ui/filters";
import { Input } from "@/components/ui/input";
import { exportsQuery } from "@/lib/client/queries";
import { useDebounced } from "@/lib/client/use-debounced";
import { ACTIVITY_STATES, RUN_TRIGGERS } from "@/lib/fields/run-state";
import type { Filter } from "./use-filter";

/** At a narrower width, the browser's native field cuts off the time of day. */
const MOMENT = "max-sm:col-span-2 lg:col-span-2";

const dateOf = (time: string | null) => (time === null ? null : new Date(time));

/** Filters the activity by request id, state, trigger, export, and time. */
export function FilterBar({ filter: { values, filter, set, clear } }: { filter: Filter }) {
  const project = useProject();
  const exports = useQuery(exportsQuery(project.id));
  const options = (exports.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <search aria-label="Filter requests" className="grid grid-cols-2 items-end gap-3 lg:grid-cols-6">
      <RequestId value={values.requestId} onChange={(requestId) => set({ requestId })} />
      <FilterChoice
        label="State"
        all="All states"
        options={ACTIVITY_STATES.map((value) => ({ value, label: value === "Done" ? value : stateWord(value) }))}
        value={values.state}
        onChange={(state) => set({ state })}
      />
      <FilterChoice
        label="Trigger"
        all="All triggers"
        options={RUN_TRIGGERS.map((value) => ({ value, label: TRIGGERS[value] }))}
        value={values.trigger}
        onChange={(trigger) => set({ trigger })}
      />
      <FilterChoice
        label="Export"
        all="All exports"
        className="col-span-2"
        options={options}
        value={values.exportId}
        onChange={(exportId) => set({ exportId })}
      />
      <FilterMoment
        label="Created after (UTC)"
        className={MOMENT}
        value={values.from}
        onChange={(from) => set({ from: dateOf(from) })}
      />
      <FilterMoment
        label="Created before (UTC)"
        className={MOMENT}
        value={values.to}
        onChange={(to) => set({ to: dateOf(to) })}
      />
      {Object.keys(filter).length > 0 && <ClearFilters className="col-span-2 justify-self-start" onClick={clear} />}
    </search>
  );
}

function RequestId({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const [typed, setTyped] = useState(value ?? "");
  const settled = useDebounced(typed.trim(), 300);
  // biome-ignore lint/correctness/useExhaustiveDependencies: sends typed text only; outside changes are handled below
  useEffect(() => {
    if (settled !== (value ?? "")) onChange(settled || null);
  }, [settled]);
  const [known, setKnown] = useState(value);
  // Cleared from outside: clear the typed text too.
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
          placeholder="Full ID or its first characters"
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
