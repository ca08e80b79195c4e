"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ask } from "@/lib/client/api";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { meQuery } from "@/lib/client/queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { CreateProject } from "@/lib/schemas/organization";
import type { Project } from "@/lib/schemas/project";

/** A new project: its name, and the source project that it reads. */
export function ProjectForm({ onCreated }: { onCreated?: (project: Project) => void }) {
  const queries = useQueryClient();
  const form = useForm({
    resolver: lazyResolver(() => import("./project-form-schema").then((it) => it.projectFormSchema)),
    defaultValues: { name: "", sourceProjectId: "" },
  });
  const { errors } = form.formState;
  const create = useMutation({
    mutationFn: (body: CreateProject) => ask("createProject", { body }),
    onSuccess: async (project) => {
      await queries.invalidateQueries(meQuery());
      toast.success(`Project “${project.name}” created`);
      onCreated?.(project);
    },
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Form onSubmit={form.handleSubmit((values) => create.mutate(values))} className="flex flex-col gap-4">
      <Field label="Project name" error={errors.name?.message}>
        {(control) => <Input {...control} autoComplete="off" placeholder="Production" {...form.register("name")} />}
      </Field>
      <Field
        label="Project ID in ClickHouse"
        hint="The project_id of its rows in the tables events, persons, and merged_ids."
        error={errors.sourceProjectId?.message}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            placeholder="1"
            {...form.register("sourceProjectId")}
          />
        )}
      </Field>
      {errors.root?.message && <FieldError message={errors.root.message} />}
      <Button type="submit" variant="primary" className="self-end" pending={create.isPending}>
        Create project
      </Button>
    </Form>
  );
}
