"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Columns3Cog } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { toast } from "@/lib/client/toast";
import { useMay } from "@/lib/client/use-may";
import { useMutation } from "@/lib/client/use-mutation";
import { writingOf } from "@/lib/destinations/writing";
import { NEWEST_FILE_SCHEMA } from "@/lib/fields/file-schemas";
import type { Export } from "@/lib/schemas/export";

/** Offers the newest file schema to users who may edit the export. Renders nothing if it would change nothing. */
export function FileSchemaOffer({ value }: { value: Export }) {
  const mayManage = useMay("exports.manage");
  const change = useSwitch(value);
  if (!mayManage || value.fileSchema === NEWEST_FILE_SCHEMA) return null;
  const reasons = writingOf(value.destination).fileSchemaChanges(value);
  if (reasons.length === 0) return null;
  return (
    <section
      aria-labelledby="file-schema-offer"
      className="mb-4 rounded-xl border border-border bg-surface p-4 shadow-raised"
    >
      <h2 id="file-schema-offer" className="flex gap-2 font-medium [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
        <Columns3Cog aria-hidden />
        <span className="min-w-0">A newer file schema is available</span>
      </h2>
      <div className="mt-1.5 flex flex-col gap-2 pl-6">
        <p>This export keeps its original columns and types until you switch. In the newer schema:</p>
        <ul className="flex list-disc flex-col gap-1 pl-5">
          {reasons.map((reason) => (
            <li key={reason} className="break-words">
              {reason}
            </li>
          ))}
        </ul>
        <p className="text-muted">
          Runs planned after the switch use it. Existing files don’t change. To export their range in the newer schema
          too, create a historic export.
        </p>
        <Button size="sm" className="self-start" onClick={() => change.mutate()} pending={change.isPending}>
          Switch to the new file schema
        </Button>
      </div>
    </section>
  );
}

function useSwitch({ id, name }: Export) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask("patchExport", { params: { id }, body: { fileSchema: NEWEST_FILE_SCHEMA } }),
    onSuccess: () => toast.success(`“${name}” uses the new file schema from its next run`),
    onError: (error) => toast.error(error.message),
    onSettled: () => refresh(queries, OF_EXPORTS),
  });
}
