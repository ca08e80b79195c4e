"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import { formatShort } from "@/lib/client/format";
import { eventNamesQuery } from "@/lib/client/queries";
import type { CreateExport } from "@/lib/schemas/export";

/** What is exported: a name for it, and which events. */
export function DataFields({ projectId }: { projectId: string }) {
  const { register, formState } = useFormContext<CreateExport>();
  return (
    <div className="flex flex-col gap-5">
      <Field label="Export name" error={formState.errors.name?.message}>
        {(control) => <Input {...control} placeholder="Events to the data lake" {...register("name")} />}
      </Field>
      <div>
        <p className="mb-1.5 font-medium text-[0.8125rem]">Data</p>
        <p className="rounded-xl border border-primary bg-primary-soft p-3">
          <span className="block font-medium">Events</span>
          <span className="text-[0.8125rem] text-muted">
            One row per event, with its properties and those of its person at the time.
          </span>
        </p>
      </div>
      <EventPicker
        projectId={projectId}
        name="filters.includeEvents"
        label="Only these events"
        placeholder="All events"
        hint="Left empty, every event is exported, new ones too. A name that isn’t in the list can be typed."
      />
      <EventPicker
        projectId={projectId}
        name="filters.excludeEvents"
        label="Without these events"
        placeholder="None left out"
      />
    </div>
  );
}

interface EventPickerProps {
  projectId: string;
  name: "filters.includeEvents" | "filters.excludeEvents";
  label: string;
  placeholder: string;
  hint?: string;
}

function EventPicker({ projectId, name, label, placeholder, hint }: EventPickerProps) {
  const events = useQuery(eventNamesQuery(projectId));
  const options = (events.data?.items ?? []).map((item) => ({
    value: item.name,
    note: `${formatShort(item.count)} rows`,
  }));
  const failed = events.isError ? "The names in the source can't be listed right now; type them instead." : undefined;
  return (
    <Controller<CreateExport, EventPickerProps["name"]>
      name={name}
      render={({ field, fieldState }) => (
        <Field label={label} error={fieldState.error?.message} hint={failed ?? hint}>
          {(control) => (
            <MultiCombobox
              {...control}
              options={options}
              value={field.value}
              onChange={field.onChange}
              placeholder={placeholder}
            />
          )}
        </Field>
      )}
    />
  );
}
