"use client";

import { Controller } from "react-hook-form";
import { SwitchField } from "@/components/ui/switch-field";
import { expectDeletionLabel } from "@/lib/client/check-words";
import { cn } from "@/lib/client/cn";
import { kindOf, writesFiles } from "@/lib/destinations/outlines";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { CreateExport } from "@/lib/schemas/export";
import { offersDeletion } from "./offers-deletion";

const HINTS = {
  files: "If on, a missing file is reported without an alert, and its receipt stays current.",
  tables: "If on, missing rows are reported without an alert, and their receipt stays current.",
};

/** Whether absence at the destination is expected; highlighted for layouts whose readers usually delete files. */
export function ExpectDeletion({ destination }: { destination: CreateExport["destination"] }) {
  const kind = kindOf(destination.type);
  const isOffered = offersDeletion(destination);
  const usual =
    isOffered && writesFiles(destination)
      ? `Tools that load ${layoutOf(destination.layout).label} files often move or delete them afterward. `
      : "";
  return (
    <div className={cn(isOffered && "rounded-xl bg-info-soft p-3")}>
      <Controller<CreateExport, "checks.expectDeletion">
        name="checks.expectDeletion"
        render={({ field }) => (
          <SwitchField
            label={expectDeletionLabel(kind)}
            hint={`${usual}${HINTS[kind]}`}
            checked={field.value}
            onChange={field.onChange}
          />
        )}
      />
    </div>
  );
}
