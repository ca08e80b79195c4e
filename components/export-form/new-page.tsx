"use client";

import { useQuery } from "@tanstack/react-query";
import { PageSkeleton, useProject } from "@/components/app/project-context";
import { ErrorState } from "@/components/ui/states";
import { exportQuery } from "@/lib/client/queries";
import { kindOf } from "@/lib/destinations/catalog";
import { asCopy } from "./form/form";
import { ExportWizard } from "./wizard";

/** The wizard, empty or prefilled from an export to duplicate. */
export function NewExportPage({ from }: { from: string | null }) {
  return from === null ? <ExportWizard /> : <Duplicate key={from} id={from} />;
}

/** How to keep two exports with the same settings apart. */
const APART = {
  files: "Give it a key prefix of its own, or each would overwrite the other’s files.",
  tables: "In the same table the rows of both are told apart by their _export_id.",
};

function Duplicate({ id }: { id: string }) {
  const project = useProject();
  const stored = useQuery(exportQuery(id));
  if (stored.isError)
    return (
      <ErrorState
        title="The export to duplicate can't be loaded"
        error={stored.error}
        onRetry={() => stored.refetch()}
      />
    );
  if (stored.isPending) return <PageSkeleton />;
  const copy = asCopy(stored.data);
  // Connections belong to one project.
  const initial = stored.data.projectId === project.id ? copy : { ...copy, connectionId: "" };
  return (
    <ExportWizard
      initial={initial}
      description={`With the settings of “${stored.data.name}”. ${APART[kindOf(initial.destination.type)]}`}
    />
  );
}
