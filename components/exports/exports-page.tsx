"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, Waypoints } from "lucide-react";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { ButtonLink } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { exportsQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import { exportColumns } from "./export-columns";

export function ExportsPage() {
  return (
    <>
      <PageHeader
        title="Exports"
        description="Scheduled batches of your product data, each with a receipt."
        actions={<CreateLink />}
      />
      <ExportList />
    </>
  );
}

function CreateLink() {
  if (!useMay("exports.manage")) return null;
  return (
    <ButtonLink href="/exports/new" variant="primary">
      <Plus aria-hidden /> Create export
    </ButtonLink>
  );
}

function ExportList() {
  const project = useProject();
  const exports = useQuery(exportsQuery(project.id));
  if (exports.isPending) return <TableSkeleton label="Loading exports" />;
  if (exports.isError)
    return <ErrorState title="Exports can't be loaded" error={exports.error} onRetry={exports.refetch} />;
  if (exports.data.items.length === 0)
    return (
      <EmptyState icon={<Waypoints aria-hidden />} title="No export yet" action={<CreateLink />}>
        An export carries your events to a bucket or a warehouse of yours, every hour or every day, and proves that each
        batch is complete.
      </EmptyState>
    );
  return <DataTable label="Exports" columns={exportColumns} rows={exports.data.items} keyOf={({ id }) => id} opens />;
}
