"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FormProvider, useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/field";
import { ask } from "@/lib/client/api";
import { OF_CONNECTIONS, refresh } from "@/lib/client/asking";
import { showServerErrors } from "@/lib/client/server-errors";
import type { Connection, PatchConnection } from "@/lib/schemas/connection";
import { ConnectionFields } from "./connection-fields";
import { asForm, type ConnectionForm, patchResolver } from "./connection-form";

interface EditProps {
  connection: Connection;
  onClose: () => void;
  onSaved: () => void;
}

/** Changes a connection. The caller verifies the saved connection with the stored secret. */
export function EditConnectionDialog({ connection, onClose, onSaved }: EditProps) {
  const queries = useQueryClient();
  const form = useForm<ConnectionForm, unknown, PatchConnection>({
    resolver: patchResolver(connection.type),
    defaultValues: asForm(connection),
  });
  const patch = useMutation({
    mutationFn: ({ name, config }: PatchConnection) =>
      ask("patchConnection", { params: { id: connection.id }, body: { name, config } }),
    onSuccess: async () => {
      await refresh(queries, OF_CONNECTIONS);
      onSaved();
    },
    onError: (error) => showServerErrors(form, error),
  });
  const { root } = form.formState.errors;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={`Edit ${connection.name}`}
      description="A new address or new credentials are verified anew before its exports go on."
      className="max-w-2xl"
    >
      <DialogBody>
        <FormProvider {...form}>
          <div className="flex flex-col gap-4">
            <ConnectionFields stored={connection} />
            {root?.message && <FieldError message={root.message} />}
          </div>
        </FormProvider>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          onClick={form.handleSubmit((values) => patch.mutate(values))}
          pending={patch.isPending}
        >
          Save and verify
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
