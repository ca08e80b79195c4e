"use client";

import { useQueryClient } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { type ReactNode, startTransition, useEffect, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { ask } from "@/lib/client/api";
import { OF_CONNECTIONS, refresh } from "@/lib/client/asking";
import type { Draft } from "@/lib/client/drafts";
import { showServerErrors } from "@/lib/client/server-errors";
import { useMutation } from "@/lib/client/use-mutation";
import { DESTINATION_TYPES, type DestinationType } from "@/lib/destinations/outlines";
import type { Connection, CreateConnection } from "@/lib/schemas/connection";
import { ConnectionFields } from "./connection-fields";
import {
  type ConnectionForm,
  cleaned,
  createResolver,
  emptyConnection,
  fromDraft,
  withoutSecrets,
} from "./connection-form";
import { connectionWords } from "./connection-words";
import { KindField } from "./kind-field";
import { LiveSetup } from "./live-setup";
import { setupOf } from "./setup";
import { VerifySteps } from "./verify-steps";

interface NewConnectionProps {
  projectId: string;
  onCreated: (connection: Connection) => void;
  /** Keeps what is entered, without secrets, until the connection is saved. */
  draft?: Draft<ConnectionForm>;
  /** The fields with the panels below them, and extra buttons for the caller to place. */
  children: (parts: { fields: ReactNode; extra: ReactNode; saving: boolean; save: () => Promise<void> }) => ReactNode;
}

/** Creates a connection: its kind and fields, the permissions that it needs, and a test before saving. */
export function NewConnection({ projectId, onCreated, draft, children }: NewConnectionProps) {
  const { form, test, create } = useNewConnection(projectId, onCreated, draft);
  const [setup, setSetup] = useState(false);
  const type = form.watch("type");
  const { Icon: SetupIcon, label, hide } = setupOf(type);
  // The fields of the last kind stay, and the focus with them, until those of the next are loaded.
  const chooseKind = (next: DestinationType) =>
    startTransition(() => {
      form.reset(emptyConnection(next, form.getValues("name")));
      test.reset();
    });
  const runTest = async () => {
    // A test needs no name, so only the rest has to be valid.
    if (await form.trigger(["type", "config"], { shouldFocus: true })) test.mutate(structuredClone(form.getValues()));
  };
  const { root } = form.formState.errors;
  const fields = (
    <FormProvider {...form}>
      <div className="flex flex-col gap-5">
        <KindField value={type} onChange={chooseKind} />
        <ConnectionFields />
        {root?.message && <FieldError message={root.message} />}
        {setup && <LiveSetup />}
        <TestResult test={test} />
      </div>
    </FormProvider>
  );
  const extra = (
    <>
      <Button onClick={() => setSetup(!setup)} aria-expanded={setup}>
        <SetupIcon aria-hidden /> {setup ? hide : label}
      </Button>
      <Button onClick={runTest} pending={test.isPending}>
        {!test.isPending && <PlugZap aria-hidden />} Test connection
      </Button>
    </>
  );
  const save = form.handleSubmit((values) => create.mutate(values));
  return children({ fields, extra, saving: create.isPending, save });
}

/** The steps of the test, unless the settings have changed since it began: it says nothing about the new ones. */
function TestResult({ test }: { test: ReturnType<typeof useNewConnection>["test"] }) {
  const { type, config } = useWatch<ConnectionForm>() as ConnectionForm;
  const { variables, data, isPending } = test;
  const isCurrent =
    JSON.stringify({ type, config }) === JSON.stringify({ type: variables?.type, config: variables?.config });
  if (variables && !isCurrent && !isPending)
    return <p className="text-muted">The settings have changed since the last test. Test the connection again.</p>;
  return <VerifySteps words={connectionWords(type)} pending={isPending} result={data} />;
}

function useNewConnection(
  projectId: string,
  onCreated: (connection: Connection) => void,
  draft: Draft<ConnectionForm> | undefined,
) {
  const queries = useQueryClient();
  const [kept] = useState(() => draft?.read() ?? null);
  const form = useForm<ConnectionForm, unknown, CreateConnection>({
    resolver: createResolver,
    defaultValues: kept ? fromDraft(kept) : emptyConnection(DESTINATION_TYPES[0]),
  });
  useEffect(() => {
    const changes = form.watch(() => draft?.write(withoutSecrets(form.getValues())));
    return () => changes.unsubscribe();
  }, [form, draft]);
  const test = useMutation({
    mutationFn: (values: ConnectionForm) => {
      const { name: _, automatic: __, ...tested } = cleaned(values);
      return ask("testConnection", { body: { ...tested, projectId } });
    },
    onError: (error) => showServerErrors(form, error),
  });
  const create = useMutation({
    mutationFn: (body: CreateConnection) => ask("createConnection", { params: { projectId }, body }),
    onSuccess: async (connection) => {
      draft?.remove();
      await refresh(queries, OF_CONNECTIONS);
      onCreated(connection);
    },
    onError: (error) => showServerErrors(form, error),
  });
  return { form, test, create };
}
