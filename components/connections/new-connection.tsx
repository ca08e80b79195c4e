"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { type ReactNode, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { useProject } from "@/components/app/project-context";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { createConnection, testConnection } from "@/lib/client/commands";
import { connectionsQuery } from "@/lib/client/queries";
import { showServerErrors } from "@/lib/client/server-errors";
import type { Connection, CreateConnection } from "@/lib/schemas/connection";
import { ConnectionFields } from "./connection-fields";
import { type ConnectionForm, createResolver, emptyConnection } from "./connection-form";
import { VerifySteps } from "./verify-steps";

interface NewConnectionProps {
  onCreated: (connection: Connection) => void;
  /** The fields and the test's result, and the buttons to put where the place wants them. */
  children: (parts: { fields: ReactNode; testButton: ReactNode; saving: boolean; save: () => void }) => ReactNode;
}

/** A new connection: its fields, a test before it is saved, and saving it. */
export function NewConnection({ onCreated, children }: NewConnectionProps) {
  const project = useProject();
  const queries = useQueryClient();
  const form = useForm<ConnectionForm, unknown, CreateConnection>({
    resolver: createResolver,
    defaultValues: emptyConnection(),
  });
  const test = useMutation({ mutationFn: testConnection });
  const create = useMutation({
    mutationFn: (body: CreateConnection) => createConnection(project.id, body),
    onSuccess: async (connection) => {
      await queries.invalidateQueries(connectionsQuery(project.id));
      onCreated(connection);
    },
    onError: (error) => showServerErrors(form, error),
  });
  const [tested, setTested] = useState(false);
  const runTest = async () => {
    // A test needs no name, so only the rest has to be right.
    if (!(await form.trigger(["type", "config"], { shouldFocus: true }))) return;
    setTested(true);
    const { type, config } = form.getValues();
    test.mutate({ type, config: config as CreateConnection["config"] });
  };
  const { root } = form.formState.errors;
  const fields = (
    <FormProvider {...form}>
      <div className="flex flex-col gap-4">
        <ConnectionFields secretStored={false} />
        {root?.message && <FieldError message={root.message} />}
        {tested && <VerifySteps pending={test.isPending} result={test.data} error={test.error} />}
      </div>
    </FormProvider>
  );
  const testButton = (
    <Button onClick={runTest} pending={test.isPending}>
      <PlugZap aria-hidden /> Test connection
    </Button>
  );
  return children({
    fields,
    testButton,
    saving: create.isPending,
    save: form.handleSubmit((values) => create.mutate(values)),
  });
}
