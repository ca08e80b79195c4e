"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import { formatShort } from "@/lib/client/format";
import { eventNamesQuery } from "@/lib/client/queries";
import type { CreateExport } from "@/lib/schemas/export";

/** Which events to export: names from the source with their counts, or any typed name. */
export function EventPickers({ projectId }: { projectId: string }) {
  return (
    <>
      <EventPicker
        projectId={projectId}
        name="filters.includeEvents"
        label="Only these events"
        placeholder="All events"
        hint="If empty, every event is exported, including new ones. You can type a name that isn’t in the list."
      />
      <EventPicker
        projectId={projectId}
        name="filters.excludeEvents"
        label="Exclude events"
        placeholder="None excluded"
      />
    </>
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
  const failed = events.isError ? "Couldn’t load event names from the source. Type them instead." : undefined;
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
