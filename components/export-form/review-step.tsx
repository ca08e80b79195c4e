"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormContext } from "react-hook-form";
import { useProject } from "@/components/app/project-context";
import { FieldError } from "@/components/ui/field";
import { connectionsQuery } from "@/lib/client/queries";
import type { CreateExport } from "@/lib/schemas/export";
import { firstRunWords } from "./first-run";
import { PreviewPanel } from "./preview-panel";
import { startNote } from "./start-note";
import { StepFrame } from "./step-frame";
import { ExportSummary } from "./summary";

interface ReviewProps {
  onBack: () => void;
  onCreate: () => void;
  pending: boolean;
}

/** Everything at a glance, and what the source says it would be, before it is made. */
export function ReviewStep({ onBack, onCreate, pending }: ReviewProps) {
  const form = useFormContext<CreateExport>();
  const project = useProject();
  const connections = useQuery(connectionsQuery(project.id));
  const value = form.getValues();
  const connection = connections.data?.items.find(({ id }) => id === value.connectionId);
  const note = connection ? startNote(connection) : null;
  const { root } = form.formState.errors;
  return (
    <StepFrame
      title={value.name}
      description={note ?? firstRunWords(value, new Date())}
      onBack={onBack}
      onNext={onCreate}
      nextLabel="Create export"
      pending={pending}
    >
      <div className="grid gap-6 lg:grid-cols-2">
        <section aria-label="Settings">
          <ExportSummary
            value={value}
            destination={connection ? `${connection.name} — ${connection.config.bucket}` : "…"}
          />
        </section>
        <section aria-label="Preview" className="lg:border-border lg:border-l lg:pl-6">
          <PreviewPanel projectId={project.id} value={value} />
        </section>
      </div>
      <div className="mt-4 empty:hidden">{root?.message && <FieldError message={root.message} />}</div>
    </StepFrame>
  );
}
