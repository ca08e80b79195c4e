"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { useFormContext } from "react-hook-form";
import { useProject } from "@/components/app/project-context";
import { VerifySteps } from "@/components/connections/verify-steps";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { verifyConnection } from "@/lib/client/commands";
import { connectionsQuery } from "@/lib/client/queries";
import type { Connection } from "@/lib/schemas/connection";
import type { CreateExport } from "@/lib/schemas/export";

/** A choice of a saved connection, with its test. */
export function ConnectionSelect({ connections }: { connections: readonly Connection[] }) {
  const { watch, setValue, formState } = useFormContext<CreateExport>();
  const project = useProject();
  const queries = useQueryClient();
  const id = watch("connectionId");
  const verify = useMutation({
    mutationFn: verifyConnection,
    onSettled: () => queries.invalidateQueries(connectionsQuery(project.id)),
  });
  const options = connections.map(({ id: value, name, config }) => ({ value, label: `${name} — ${config.bucket}` }));
  const choose = (next: string) => {
    verify.reset();
    setValue("connectionId", next, { shouldDirty: true, shouldValidate: true });
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <Field
          label="Connection"
          className="min-w-0 flex-1 basis-64"
          error={formState.errors.connectionId && "Choose a connection, or make a new one"}
        >
          {(control) => (
            <Select
              {...control}
              options={options}
              value={id || null}
              onChange={choose}
              placeholder="Choose a connection"
            />
          )}
        </Field>
        <Button onClick={() => verify.mutate(id)} pending={verify.isPending} disabled={!id}>
          <PlugZap aria-hidden /> Test connection
        </Button>
      </div>
      <VerifySteps pending={verify.isPending} result={verify.data} error={verify.error} />
    </div>
  );
}
