"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { atBase } from "@/lib/base-path";
import { ask } from "@/lib/client/api";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { apiKeysQuery } from "@/lib/client/people-queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { useMutation } from "@/lib/client/use-mutation";
import type { CreateApiKey, NewApiKey } from "@/lib/schemas/organization";
import type { Project } from "@/lib/schemas/project";
import { ExpiryFields, inDays } from "./expiry-fields";
import { SecretOnce } from "./secret-once";

interface NewApiKeyProps {
  project: Project;
  onClose: () => void;
}

/** Creates a key, then shows it for the only time. */
export function NewApiKeyDialog({ project, onClose }: NewApiKeyProps) {
  const [made, setMade] = useState<NewApiKey | null>(null);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={made ? "Copy the key now" : `New API key for ${project.name}`}
      description={made ? "It is stored only as a hash, so it can’t be shown again." : undefined}
    >
      {made ? (
        <MadeKey made={made} projectId={project.id} onClose={onClose} />
      ) : (
        <KeyForm projectId={project.id} onMade={setMade} onCancel={onClose} />
      )}
    </Dialog>
  );
}

const ACCESS = [
  { value: "read", label: "Read only", note: "Exports, runs, receipts, and logs" },
  { value: "write", label: "Read and write", note: "Also starts runs and changes exports and connections" },
] as const;

interface KeyFormProps {
  projectId: string;
  onMade: (made: NewApiKey) => void;
  onCancel: () => void;
}

function KeyForm({ projectId, onMade, onCancel }: KeyFormProps) {
  const queries = useQueryClient();
  const form = useForm({
    resolver: lazyResolver(() => import("@/lib/schemas/organization").then((it) => it.createApiKeySchema)),
    defaultValues: { name: "", scopes: ["read"], expiresAt: inDays(90) },
  });
  const { errors } = form.formState;
  const create = useMutation({
    mutationFn: (body: CreateApiKey) => ask("createApiKey", { params: { projectId }, body }),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: apiKeysQuery(projectId).queryKey });
      onMade(made);
    },
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Form onSubmit={form.handleSubmit((body) => create.mutate(body))} className="flex min-h-0 flex-col">
      <DialogBody className="flex flex-col gap-4">
        <Field label="Name" hint="What it is for, such as the program that uses it." error={errors.name?.message}>
          {(control) => (
            <Input {...control} autoComplete="off" placeholder="Nightly report" {...form.register("name")} />
          )}
        </Field>
        <Controller
          control={form.control}
          name="scopes"
          render={({ field }) => (
            <RadioCards
              label="Access"
              choices={ACCESS}
              value={field.value.includes("write") ? "write" : "read"}
              onChange={(access) => field.onChange(access === "write" ? ["read", "write"] : ["read"])}
            />
          )}
        />
        <Controller
          control={form.control}
          name="expiresAt"
          render={({ field }) => (
            <ExpiryFields value={field.value ?? null} onChange={field.onChange} error={errors.expiresAt?.message} />
          )}
        />
        {errors.root?.message && <FieldError message={errors.root.message} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Create key
        </Button>
      </DialogFooter>
    </Form>
  );
}

function MadeKey({ made, projectId, onClose }: { made: NewApiKey; projectId: string; onClose: () => void }) {
  const curl = `curl -H "Authorization: Bearer ${made.key}" \\\n  ${window.location.origin}${atBase("/api")}/projects/${projectId}/exports`;
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <SecretOnce
          label="API key"
          value={made.key}
          note="Keep it like a password. Anyone with this key has its access."
        />
        <CodeBlock title="Try it: list the project’s exports" text={curl} copyLabel="Copy the command" />
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      </DialogFooter>
    </>
  );
}
