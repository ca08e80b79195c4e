"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Waypoints } from "lucide-react";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { Paged } from "@/components/settings/paged";
import { ButtonLink } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/states";
import { exportPagesQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import { exportColumns } from "./export-columns";

export function ExportsPage() {
  return (
    <>
      <PageHeader
        title="Exports"
        description="Scheduled exports of your product data. Every window has a receipt."
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
  const exports = useInfiniteQuery(exportPagesQuery(project.id));
  const none = (
    <EmptyState icon={<Waypoints aria-hidden />} title="No exports yet" action={<CreateLink />}>
      An export sends your events to your bucket or warehouse, every hour or every day, and proves that each window is
      complete.
    </EmptyState>
  );
  return (
    <Paged query={exports} what="exports" rows={6} empty={none}>
      {(items) => (
        <Tooltip.Provider delay={200}>
          <DataTable label="Exports" columns={exportColumns} rows={items} keyOf={({ id }) => id} opens />
        </Tooltip.Provider>
      )}
    </Paged>
  );
}
