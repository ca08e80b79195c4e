"use client";

import { Pencil } from "lucide-react";
import { asForm } from "@/components/export-form/form/form";
import { ExportSummary } from "@/components/export-form/review/summary";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { formatTime } from "@/lib/client/format";
import { useMay } from "@/lib/client/use-may";
import { writesFiles } from "@/lib/destinations/outlines";
import type { Export } from "@/lib/schemas/export";

/** The export's settings, read-only. */
export function SettingsTab({ value }: { value: Export }) {
  const mayManage = useMay("exports.manage");
  const connection = (
    <Link key="connection" href={`/connections/${value.connectionId}`} className="rounded underline">
      {value.connectionName} — {value.place}
    </Link>
  );
  return (
    <Card
      title="Settings"
      action={
        mayManage && (
          <ButtonLink size="sm" href={`/exports/${value.id}/edit`}>
            <Pencil aria-hidden /> Edit
          </ButtonLink>
        )
      }
    >
      <ExportSummary
        value={asForm(value)}
        destination={connection}
        more={[
          ...(writesFiles(value.destination) ? [["File schema", String(value.fileSchema)] as const] : []),
          ["Created by", value.createdBy ?? "The API or a former member"],
          ["Created", formatTime(value.createdAt)],
        ]}
      />
    </Card>
  );
}
