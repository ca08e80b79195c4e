"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { toast } from "sonner";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { createExport } from "@/lib/client/commands";
import type { CreateExport } from "@/lib/schemas/export";
import { DataFields } from "./data-fields";
import { DestinationStep } from "./destination-step";
import { FilesFields } from "./files-fields";
import { exportResolver, newExport } from "./form";
import { ReviewStep } from "./review-step";
import { ScheduleFields } from "./schedule-fields";
import { showExportErrors } from "./show-errors";
import { StepFrame } from "./step-frame";
import { Stepper } from "./stepper";
import { STEPS, stepOf } from "./steps";

/** Makes an export in five steps; each is checked by the export's own schema before the next. */
export function ExportWizard() {
  const project = useProject();
  const form = useForm<CreateExport>({ resolver: exportResolver, defaultValues: newExport(), mode: "onTouched" });
  const [step, setStep] = useState(0);
  const { create, submit } = useCreate(project.id, form, setStep);
  const back = () => setStep(step - 1);
  const next = async () => {
    if (await form.trigger(STEPS[step]?.fields ?? [], { shouldFocus: true })) setStep(step + 1);
  };
  const id = STEPS[step]?.id;
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader title="New export" />
      <FormProvider {...form}>
        <div className="flex flex-col gap-5">
          <Stepper current={step} onGo={setStep} />
          {id === "data" && (
            <StepFrame
              title="What is exported"
              description="A name for the export, and which rows it takes."
              onNext={next}
            >
              <DataFields projectId={project.id} />
            </StepFrame>
          )}
          {id === "destination" && <DestinationStep onBack={back} onNext={next} />}
          {id === "files" && (
            <StepFrame
              title="What the files look like"
              description="Names, compression, size and encryption. The names below change as you type."
              onBack={back}
              onNext={next}
            >
              <FilesFields />
            </StepFrame>
          )}
          {id === "schedule" && (
            <StepFrame
              title="When it runs"
              description="Every batch holds the rows that arrived in its data interval."
              onBack={back}
              onNext={next}
            >
              <ScheduleFields />
            </StepFrame>
          )}
          {id === "review" && (
            <ReviewStep onBack={back} onCreate={submit} pending={create.isPending || create.isSuccess} />
          )}
        </div>
      </FormProvider>
    </div>
  );
}

function useCreate(projectId: string, form: ReturnType<typeof useForm<CreateExport>>, goTo: (step: number) => void) {
  const queries = useQueryClient();
  const router = useRouter();
  const create = useMutation({
    mutationFn: (body: CreateExport) => createExport(projectId, body),
    onSuccess: (created) => {
      void queries.invalidateQueries({ queryKey: ["exports", "list"] });
      toast.success(`Export “${created.name}” created`);
      router.push(`/exports/${created.id}`);
    },
    onError: (error) => {
      const [wrong] = showExportErrors(form, error);
      if (wrong) goTo(stepOf(wrong));
    },
  });
  // Every step was checked before, so a refusal here is a fault of an earlier one: go there.
  const submit = form.handleSubmit(
    (values) => create.mutate(values),
    (errors) => goTo(stepOf(Object.keys(errors)[0] ?? "")),
  );
  return { create, submit };
}
