"use client";

import { type UseMutationResult, useQuery } from "@tanstack/react-query";
import { CirclePause } from "lucide-react";
import { useFormContext } from "react-hook-form";
import { useProject } from "@/components/app/project-context";
import { usePause } from "@/components/exports/use-export-actions";
import { Breakable } from "@/components/ui/breakable";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { connectionsQuery } from "@/lib/client/queries";
import { locationOf } from "@/lib/destinations/connection";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { startNote } from "../destination/start-note";
import { firstRunWords } from "../schedule/first-run";
import { StepFrame } from "../step-frame";
import { type Conflicting, conflictingExport } from "./conflicting-export";
import { PreviewPanel } from "./preview-panel";
import { ExportSummary } from "./summary";

interface ReviewProps {
  onBack: () => void;
  onCreate: () => void;
  create: UseMutationResult<Export, Error, CreateExport>;
}

/** A summary and a preview from the source, before the export is created. */
export function ReviewStep({ onBack, onCreate, create }: ReviewProps) {
  const form = useFormContext<CreateExport>();
  const project = useProject();
  const connections = useQuery(connectionsQuery(project.id));
  const value = form.getValues();
  const connection = connections.data?.items.find(({ id }) => id === value.connectionId);
  const note = connection ? startNote(connection) : null;
  const { root } = form.formState.errors;
  const conflicting = conflictingExport(create.error);
  return (
    <StepFrame
      title={value.name}
      description={note ?? firstRunWords(value, new Date())}
      onBack={onBack}
      onNext={onCreate}
      nextLabel="Create export"
      pending={create.isPending || create.isSuccess}
    >
      <div className="grid gap-6 lg:grid-cols-2">
        <section aria-label="Settings" className="min-w-0">
          <ExportSummary
            value={value}
            destination={connection ? <Breakable text={`${connection.name} — ${locationOf(connection)}`} /> : "…"}
          />
        </section>
        <section aria-label="Preview" className="min-w-0 lg:border-border lg:border-l lg:pl-6">
          <PreviewPanel projectId={project.id} value={value} />
        </section>
      </div>
      <div className="mt-4 flex flex-col items-start gap-3 empty:hidden">
        {root?.message && <FieldError message={root.message} />}
        {conflicting && <PausesOther other={conflicting} onPaused={onCreate} />}
      </div>
    </StepFrame>
  );
}

/** Pauses the conflicting export, then tries again. */
function PausesOther({ other, onPaused }: { other: Conflicting; onPaused: () => void }) {
  const pause = usePause(other);
  return (
    <Button onClick={() => pause.mutate(true, { onSuccess: onPaused })} pending={pause.isPending}>
      {!pause.isPending && <CirclePause aria-hidden />} Pause “{other.name}” and create
    </Button>
  );
}
