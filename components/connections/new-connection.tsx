"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileJson2, PlugZap } from "lucide-react";
import { type ReactNode, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { createConnection, testConnection } from "@/lib/client/commands";
import { showServerErrors } from "@/lib/client/server-errors";
import type { Connection, CreateConnection } from "@/lib/schemas/connection";
import { ConnectionFields } from "./connection-fields";
import { type ConnectionForm, cleaned, createResolver, emptyConnection } from "./connection-form";
import { LivePolicy } from "./live-policy";
import { VerifySteps } from "./verify-steps";

interface NewConnectionProps {
  projectId: string;
  onCreated: (connection: Connection) => void;
  /** The fields with what is shown below them, and the buttons to put where the place wants them. */
  children: (parts: { fields: ReactNode; extra: ReactNode; saving: boolean; save: () => void }) => ReactNode;
}

/** A new connection: its fields, the policy that it needs, a test before it is saved, and saving it. */
export function NewConnection({ projectId, onCreated, children }: NewConnectionProps) {
  const queries = useQueryClient();
  const form = useForm<ConnectionForm, unknown, CreateConnection>({
    resolver: createResolver,
    defaultValues: emptyConnection(),
  });
  const test = useMutation({
    mutationFn: (values: ConnectionForm) => testConnection(projectId, cleaned(values)),
    onError: (error) => showServerErrors(form, error),
  });
  const create = useMutation({
    mutationFn: (body: CreateConnection) => createConnection(projectId, body),
    onSuccess: async (connection) => {
      await queries.invalidateQueries({ queryKey: ["connections"] });
      onCreated(connection);
    },
    onError: (error) => showServerErrors(form, error),
  });
  const [policy, setPolicy] = useState(false);
  const runTest = async () => {
    // A test needs no name, so only the rest has to be right.
    if (await form.trigger(["type", "config"], { shouldFocus: true })) test.mutate(form.getValues());
  };
  const { root } = form.formState.errors;
  const fields = (
    <FormProvider {...form}>
      <div className="flex flex-col gap-5">
        <ConnectionFields secretStored={false} />
        {root?.message && <FieldError message={root.message} />}
        {policy && <LivePolicy />}
        <VerifySteps pending={test.isPending} result={test.data} />
      </div>
    </FormProvider>
  );
  const extra = (
    <>
      <Button onClick={() => setPolicy(!policy)} aria-expanded={policy}>
        <FileJson2 aria-hidden /> {policy ? "Hide policy" : "Generate policy"}
      </Button>
      <Button onClick={runTest} pending={test.isPending}>
        {!test.isPending && <PlugZap aria-hidden />} Test connection
      </Button>
    </>
  );
  const save = form.handleSubmit((values) => create.mutate(values));
  return children({ fields, extra, saving: create.isPending, save });
}
