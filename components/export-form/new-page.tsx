"use client";

import { useQuery } from "@tanstack/react-query";
import { PageSkeleton, useProject } from "@/components/app/project-context";
import { ErrorState } from "@/components/ui/states";
import { connectionQuery, exportQuery, exportsQuery } from "@/lib/client/queries";
import { folderOf } from "@/lib/destinations/connection";
import { kindOf } from "@/lib/destinations/outlines";
import { asCopy } from "./form/form";
import { withFreePrefix } from "./form/free-prefix";
import { ExportWizard } from "./wizard";

/** The wizard, empty or prefilled from an export to duplicate. */
export function NewExportPage({ from }: { from: string | null }) {
  return from === null ? <ExportWizard /> : <Duplicate key={from} id={from} />;
}

/** How to keep two exports with the same settings apart. */
const APART = {
  files: "Its key prefix is new, so that neither overwrites the other’s files.",
  tables: "In the same table, _export_id distinguishes the rows of each.",
};

function Duplicate({ id }: { id: string }) {
  const project = useProject();
  const stored = useQuery(exportQuery(id));
  const connection = useQuery({
    ...connectionQuery(stored.data?.connectionId ?? ""),
    enabled: stored.data !== undefined,
  });
  const exports = useQuery(exportsQuery(project.id));
  if (stored.isError)
    return (
      <ErrorState
        page
        title="Couldn’t load the export to duplicate"
        error={stored.error}
        onRetry={() => stored.refetch()}
      />
    );
  if (stored.isPending || connection.isPending || exports.isPending) return <PageSkeleton />;
  const isHere = stored.data.projectId === project.id;
  const copy = withFreePrefix(asCopy(stored.data), {
    exports: [stored.data, ...(exports.data?.items ?? []).filter(({ place }) => place === stored.data.place)],
    folder: connection.data ? folderOf(connection.data) : "",
    sourceProjectId: project.sourceProjectId,
  });
  // Connections belong to one project.
  const initial = isHere ? copy : { ...copy, connectionId: "" };
  return (
    <ExportWizard
      from={{ id, initial }}
      description={`Starts with the settings of “${stored.data.name}”. ${APART[kindOf(initial.destination.type)]}`}
    />
  );
}
