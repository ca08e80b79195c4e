"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { FormProvider, useForm } from "react-hook-form";
import { PageHeader } from "@/components/app/page-header";
import { PageSkeleton } from "@/components/app/project-context";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DraftNotice } from "@/components/ui/draft-notice";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { ErrorState } from "@/components/ui/states";
import { connectionsQuery, exportQuery } from "@/lib/client/queries";
import { usePageTitle } from "@/lib/client/use-page-title";
import type { Connection } from "@/lib/schemas/connection";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { ChecksFields } from "./checks/checks-fields";
import { DataFields } from "./data/data-fields";
import { ConnectionSelect } from "./destination/connection-select";
import { SettingFields } from "./files/setting-fields";
import { settingWords } from "./files/setting-words";
import { fieldLabel, fieldValue } from "./form/conflict-words";
import { asForm, changeResolver } from "./form/form";
import { useEditDraft } from "./form/use-draft";
import { useEditExport } from "./form/use-edit";
import { ScheduleFields } from "./schedule/schedule-fields";

const EditConflict = dynamic(() => import("@/components/ui/edit-conflict").then((it) => it.EditConflict), {
  loading: () => null,
});

export function EditExportPage({ id }: { id: string }) {
  const stored = useQuery(exportQuery(id));
  // The export may belong to another project than the current one.
  const projectId = stored.data?.projectId;
  const connections = useQuery({ ...connectionsQuery(projectId ?? ""), enabled: projectId !== undefined });
  usePageTitle(stored.data && `Edit ${stored.data.name}`);
  if (stored.isError)
    return <ErrorState page title="Couldn’t load this export" error={stored.error} onRetry={stored.refetch} />;
  if (connections.isError)
    return (
      <ErrorState page title="Couldn’t load connections" error={connections.error} onRetry={connections.refetch} />
    );
  if (stored.isPending || connections.isPending) return <PageSkeleton />;
  return <EditForm stored={stored.data} connections={connections.data.items} />;
}

/** The wizard's sections on one page. */
function EditForm({ stored, connections }: { stored: Export; connections: readonly Connection[] }) {
  const resolver = changeResolver(stored);
  const form = useForm<CreateExport>({ resolver, defaultValues: asForm(stored), mode: "onTouched" });
  const draft = useEditDraft(stored, form);
  const edit = useEditExport(stored, form, draft.remove);
  const words = settingWords(form.watch("destination.type"));
  const { root } = form.formState.errors;
  const refused = Object.keys(form.formState.errors).some((name) => name !== "root");
  return (
    <FormProvider {...form}>
      <Form onSubmit={form.handleSubmit(edit.submit)} className="mx-auto max-w-4xl">
        <PageHeader title={`Edit ${stored.name}`} description={words.stays} />
        <div className="flex flex-col gap-4">
          {draft.wasRestored && <DraftNotice onStartOver={draft.startOver} />}
          <Card title="What is exported">
            <DataFields projectId={stored.projectId} fixedModel />
          </Card>
          <Card title="Where it goes">
            <ConnectionSelect connections={connections} />
          </Card>
          <Card title={words.title}>
            <SettingFields stored={stored} />
          </Card>
          <Card title="When it runs">
            <ScheduleFields stored={stored} />
          </Card>
          <Card title="Checks" description="Committed windows are checked again, and findings send alerts.">
            <ChecksFields />
          </Card>
        </div>
        {edit.conflict && (
          <div className="mt-4">
            <EditConflict
              what="export"
              changed={edit.conflict.changed}
              labelOf={fieldLabel}
              show={fieldValue(connections)}
              pending={edit.isPending}
              onApply={form.handleSubmit(edit.apply)}
              onDiscard={edit.discard}
            />
          </div>
        )}
        <LeaveGuard when={form.formState.isDirty && !edit.isSaved} title="Leave without saving?" harmless>
          Your changes to this export aren’t saved yet. Your draft stays in this tab until you close it.
        </LeaveGuard>
        <footer className="sticky bottom-0 z-10 -mx-1 mt-4 flex flex-wrap items-center justify-end gap-2 bg-background px-1 py-3">
          <div className="mr-auto empty:hidden">
            {root?.message && <FieldError message={root.message} />}
            {refused && <FieldError message="Some fields above need your attention" />}
          </div>
          <ButtonLink href={`/exports/${stored.id}`}>Cancel</ButtonLink>
          <Button
            type="submit"
            variant="primary"
            pending={edit.isPending || edit.isSaved}
            disabled={edit.conflict !== null}
          >
            Save changes
          </Button>
        </footer>
      </Form>
    </FormProvider>
  );
}
