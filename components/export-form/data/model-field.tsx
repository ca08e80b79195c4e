"use client";

import { useFormContext } from "react-hook-form";
import { RadioCards } from "@/components/ui/radio-cards";
import { MODEL_NAMES, type ModelName, models } from "@/lib/rows/tables/registry";
import type { CreateExport } from "@/lib/schemas/export";
import { Followed } from "../form/followed";
import { useFollow } from "../form/use-follow";

/** What a row of each model is; models without a note show only their label. */
const NOTES: Partial<Record<ModelName, string>> = {
  events: "One row per event, with its properties and those of its person at the time.",
  persons: "Profiles: one row per changed person, in its latest version. A one-time export can include all of them.",
  merged_ids: "IDs found to belong to the same person.",
  events_and_merged_ids: "Both tables side by side, each in its own files.",
};

const CHOICES = MODEL_NAMES.map((value) => ({ value, label: models[value].label, note: NOTES[value] }));

/** Which data an export carries; fixed for a saved export. */
export function ModelField({ fixed }: { fixed: boolean }) {
  const { watch } = useFormContext<CreateExport>();
  const { choose, changes } = useFollow();
  const model = watch("model");
  if (fixed) return <FixedModel model={model} />;
  return (
    <div className="flex flex-col gap-3">
      <RadioCards
        label="Data"
        choices={CHOICES}
        value={model}
        onChange={(next) => choose((value) => ({ ...value, model: next }))}
      />
      <Followed changes={changes} />
    </div>
  );
}

function FixedModel({ model }: { model: ModelName }) {
  return (
    <div>
      <p className="mb-1.5 font-medium text-[0.8125rem]">Data</p>
      <p className="rounded-xl border border-border bg-sunken p-3">
        <span className="block font-medium">{models[model].label}</span>
        <span className="text-[0.8125rem] text-muted">
          {NOTES[model]} An export’s data can’t be changed. Create another export instead.
        </span>
      </p>
    </div>
  );
}
