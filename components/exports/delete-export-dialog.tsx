"use client";

import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { kindOf } from "@/lib/destinations/outlines";
import type { Export } from "@/lib/schemas/export";
import { useDelete } from "./use-export-actions";

/** What the deletion leaves unchanged. */
const WRITTEN = { files: "The files in the bucket", tables: "The rows in the warehouse" };

interface DeleteProps {
  value: Export;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDeleted: () => void;
}

/** Deletes an export after its name is typed. */
export function DeleteExportDialog({ value, open, onOpenChange, onDeleted }: DeleteProps) {
  const [typed, setTyped] = useState("");
  const remove = useDelete(value, () => {
    onOpenChange(false);
    onDeleted();
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete “${value.name}”?`}
      confirmLabel="Delete export"
      onConfirm={() => remove.mutate()}
      pending={remove.isPending}
      disabled={typed.trim() !== value.name}
      error={remove.error?.message}
    >
      <p>Its schedule stops, and runs in progress are canceled. {WRITTEN[kindOf(value.destination.type)]} are kept.</p>
      <Field label="Type the export’s name to confirm" className="text-foreground">
        {(control) => (
          <Input
            {...control}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            placeholder={value.name}
            autoComplete="off"
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
