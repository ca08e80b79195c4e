"use client";

import { useFormContext } from "react-hook-form";
import { useProject } from "@/components/app/project-context";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SwitchField } from "@/components/ui/switch-field";
import { tablesOfModel } from "@/lib/rows/tables/registry";
import { type Choose, useReason } from "../form/use-follow";
import { type FilesExport, withFiles } from "./files-export";

/** Options specific to one layout. */
export function LayoutOptions({ choose }: { choose: Choose }) {
  const { watch } = useFormContext<FilesExport>();
  const [model, layout] = [watch("model"), watch("destination.layout")];
  if (layout === "hive") return <PartitionSwitch choose={choose} />;
  if (layout === "amplitude" && tablesOfModel(model).some(({ table }) => table === "merged_ids")) return <OrgIdField />;
  return null;
}

function PartitionSwitch({ choose }: { choose: Choose }) {
  const { watch } = useFormContext<FilesExport>();
  const reason = useReason();
  return (
    <SwitchField
      label="A folder for each event"
      hint="Keys begin with event=…/ so that readers can skip whole events. In the files, the column is called event_name. Many different events make many small files."
      checked={watch("destination.partitionByEvent")}
      onChange={(partitionByEvent) => choose((value) => withFiles(value, { partitionByEvent }))}
      reason={reason("destination.partitionByEvent", (value) => withFiles(value, { partitionByEvent: true }))}
    />
  );
}

function OrgIdField() {
  const { register, formState } = useFormContext<FilesExport>();
  const { sourceProjectId } = useProject();
  return (
    <Field
      label="Organization ID (optional)"
      className="sm:max-w-md"
      error={formState.errors.destination?.orgId?.message}
      hint="The number in files of merged IDs, as in Amplitude. If empty, it’s the project’s ID."
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={0}
          placeholder={String(sourceProjectId)}
          className="sm:w-48"
          {...register("destination.orgId", {
            setValueAs: (value) => (value === "" || value === null ? null : Number(value)),
          })}
        />
      )}
    </Field>
  );
}
