"use client";

import dynamic from "next/dynamic";
import { Suspense, useState } from "react";
import { FormProvider, type UseFormReturn, useForm } from "react-hook-form";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { DraftNotice } from "@/components/ui/draft-notice";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { TableSkeleton } from "@/components/ui/skeleton";
import { combinationProblems } from "@/lib/schemas/combination";
import type { CreateExport } from "@/lib/schemas/export";
import { DataFields } from "./data/data-fields";
import { settingWords } from "./files/setting-words";
import { exportResolver, newExport } from "./form/form";
import { useCreate } from "./form/use-create";
import { useDrafts, useKeepDraft } from "./form/use-draft";
import { StepFrame } from "./step-frame";
import { Stepper } from "./stepper";
import { STEPS, stepOf } from "./steps";
import { useStep } from "./use-step";

// Each step is loaded when it is first opened.
const DestinationStep = dynamic(() => import("./destination/destination-step").then((it) => it.DestinationStep));
const SettingFields = dynamic(() => import("./files/setting-fields").then((it) => it.SettingFields));
const ScheduleFields = dynamic(() => import("./schedule/schedule-fields").then((it) => it.ScheduleFields));
const ChecksSection = dynamic(() => import("./checks/checks-section").then((it) => it.ChecksSection));
const ReviewStep = dynamic(() => import("./review/review-step").then((it) => it.ReviewStep));

interface WizardProps {
  /** The export to duplicate: its id, and the initial values from it. */
  from?: { id: string; initial: CreateExport };
  description?: string;
}

/** Creates an export in five steps. Its draft survives reloads, the browser's Back, and a new sign-in. */
export function ExportWizard(props: WizardProps) {
  const [round, setRound] = useState(0);
  return <Wizard key={round} {...props} onStartOver={() => setRound(round + 1)} />;
}

/** Each step is validated by the export's schema before the next. */
function Wizard({ from, description, onStartOver }: WizardProps & { onStartOver: () => void }) {
  const project = useProject();
  const drafts = useDrafts(project.id, from?.id ?? null);
  const [restored] = useState(drafts.read);
  const defaultValues = restored?.values ?? from?.initial ?? newExport();
  const form = useForm<CreateExport>({ resolver: exportResolver, defaultValues, mode: "onTouched" });
  const { step, reached, go } = useStep(restored?.reached ?? 0);
  const hasDraft = useKeepDraft(form, drafts.export, { restored: restored !== null, reached });
  const { create, submit } = useCreate(project.id, form, { goTo: go, onCreated: drafts.remove });
  const back = () => go(step - 1);
  const next = async () => {
    if (await checkStep(form, step)) go(step + 1);
  };
  const startOver = () => {
    drafts.remove();
    onStartOver();
  };
  const id = STEPS[step]?.id;
  const words = settingWords(form.watch("destination.type"));
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader title="New export" description={description} />
      <FormProvider {...form}>
        <div className="flex flex-col gap-5">
          {restored && <DraftNotice onStartOver={startOver} />}
          <Stepper current={step} onGo={go} />
          <Suspense fallback={<TableSkeleton label="Loading this step" />}>
            {id === "data" && (
              <StepFrame
                title="What is exported"
                description="Name the export, and choose its data, rows, and columns."
                onNext={next}
              >
                <DataFields projectId={project.id} />
              </StepFrame>
            )}
            {id === "destination" && <DestinationStep draft={drafts.connection} onBack={back} onNext={next} />}
            {id === "files" && (
              <StepFrame title={words.title} description={words.description} onBack={back} onNext={next}>
                <SettingFields />
              </StepFrame>
            )}
            {id === "schedule" && (
              <StepFrame
                title="When it runs"
                description="Each run exports the rows that arrived in its window."
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
          </Suspense>
        </div>
      </FormProvider>
      <LeaveGuard when={hasDraft && !create.isSuccess} title="Leave the new export?" harmless>
        This export isn’t created yet. Your draft stays in this tab until you close it. Secrets aren’t saved.
      </LeaveGuard>
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
