"use client";

import { Pencil } from "lucide-react";
import { asForm } from "@/components/export-form/form";
import { ExportSummary } from "@/components/export-form/summary";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { Export } from "@/lib/schemas/export";

/** What the export is set to, read-only. */
export function SettingsTab({ value }: { value: Export }) {
  return (
    <Card
      title="Settings"
      action={
        <ButtonLink size="sm" href={`/exports/${value.id}/edit`}>
          <Pencil aria-hidden /> Edit
        </ButtonLink>
      }
    >
      <ExportSummary value={asForm(value)} destination={`${value.connectionName} — ${value.bucket}`} />
    </Card>
  );
}
