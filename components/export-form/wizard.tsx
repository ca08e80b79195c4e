"use client";

import { useState } from "react";
import { FormProvider, type UseFormReturn, useForm } from "react-hook-form";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { combinationProblems } from "@/lib/schemas/combination";
import type { CreateExport } from "@/lib/schemas/export";
import { ChecksSection } from "./checks/checks-section";
import { DataFields } from "./data/data-fields";
import { DestinationStep } from "./destination/destination-step";
import { SettingFields, settingWords } from "./files/setting-fields";
import { exportResolver, newExport } from "./form/form";
import { useCreate } from "./form/use-create";
import { ReviewStep } from "./review/review-step";
import { ScheduleFields } from "./schedule/schedule-fields";
import { StepFrame } from "./step-frame";
import { Stepper } from "./stepper";
import { STEPS, stepOf } from "./steps";

interface WizardProps {
  /** Initial values, from another export to duplicate. */
  initial?: CreateExport;
  description?: string;
}

/** Creates an export in five steps, each validated by the export's schema before the next. */
export function ExportWizard({ initial, description }: WizardProps) {
  const project = useProject();
  const defaultValues = initial ?? newExport();
  const form = useForm<CreateExport>({ resolver: exportResolver, defaultValues, mode: "onTouched" });
  const [step, setStep] = useState(0);
  const { create, submit } = useCreate(project.id, form, setStep);
  const back = () => setStep(step - 1);
  const next = async () => {
    if (await checkStep(form, step)) setStep(step + 1);
  };
  const id = STEPS[step]?.id;
  const words = settingWords(form.watch("destination.type"));
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader title="New export" description={description} />
      <FormProvider {...form}>
        <div className="flex flex-col gap-5">
          <Stepper current={step} onGo={setStep} />
          {id === "data" && (
            <StepFrame
              title="What is exported"
              description="A name for the export, which data it takes, and which rows and columns of them."
              onNext={next}
            >
              <DataFields projectId={project.id} />
            </StepFrame>
          )}
          {id === "destination" && <DestinationStep onBack={back} onNext={next} />}
          {id === "files" && (
            <StepFrame title={words.title} description={words.description} onBack={back} onNext={next}>
              <SettingFields />
            </StepFrame>
          )}
          {id === "schedule" && (
            <StepFrame
              title="When it runs"
              description="Every batch holds the rows that arrived in its data interval."
              onBack={back}
              onNext={next}
            >
              <div className="flex flex-col gap-5">
                <ScheduleFields />
                <ChecksSection />
              </div>
            </StepFrame>
          )}
          {id === "review" && <ReviewStep onBack={back} onCreate={submit} create={create} />}
        </div>
      </FormProvider>
    </div>
  );
}

/**
 * Whether a step is valid by itself and fits the rest, which the whole schema can check only once every field has a
 * value.
 */
async function checkStep(form: UseFormReturn<CreateExport>, step: number): Promise<boolean> {
  if (!(await form.trigger(STEPS[step]?.fields ?? [], { shouldFocus: true }))) return false;
  const problems = combinationProblems(form.getValues()).filter(({ path }) => stepOf(path.join(".")) === step);
  for (const { path, message } of problems)
    form.setError(path.join(".") as `columns.${number}.as`, { type: "custom", message });
  return problems.length === 0;
}
