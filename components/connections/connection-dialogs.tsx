"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FormProvider, useForm } from "react-hook-form";
import { toast } from "sonner";
import { useProject } from "@/components/app/project-context";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/field";
import { patchConnection } from "@/lib/client/commands";
import { connectionsQuery } from "@/lib/client/queries";
import { showServerErrors } from "@/lib/client/server-errors";
import type { Connection } from "@/lib/schemas/connection";
import { ConnectionFields } from "./connection-fields";
import { asForm, type ConnectionForm, patchResolver } from "./connection-form";
import { NewConnection } from "./new-connection";

export function NewConnectionDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const created = (connection: Connection) => {
    toast.success(`Connection “${connection.name}” saved`);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="New connection"
      description="A bucket and the key that may write into it. Exports share it."
      className="max-w-2xl"
    >
      <NewConnection onCreated={created}>
        {({ fields, testButton, saving, save }) => (
          <>
            <DialogBody>{fields}</DialogBody>
            <DialogFooter>
              {testButton}
              <Button variant="primary" onClick={save} pending={saving}>
                Save connection
              </Button>
            </DialogFooter>
          </>
        )}
      </NewConnection>
    </Dialog>
  );
}

interface EditProps {
  connection: Connection;
  onClose: () => void;
  onSaved: (connection: Connection) => void;
}

/** Changes a connection; what it saves is tested by the caller, with the secret that is stored. */
export function EditConnectionDialog({ connection, onClose, onSaved }: EditProps) {
  const project = useProject();
  const queries = useQueryClient();
  const form = useForm<ConnectionForm>({ resolver: patchResolver, defaultValues: asForm(connection) });
  const patch = useMutation({
    mutationFn: ({ name, config }: ConnectionForm) => patchConnection(connection.id, { name, config }),
    onSuccess: async (saved) => {
      await queries.invalidateQueries(connectionsQuery(project.id));
      onSaved(saved);
    },
    onError: (error) => showServerErrors(form, error),
  });
  const { root } = form.formState.errors;
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title={`Edit ${connection.name}`} className="max-w-2xl">
      <DialogBody>
        <FormProvider {...form}>
          <div className="flex flex-col gap-4">
            <ConnectionFields secretStored={connection.hasSecret} />
            {root?.message && <FieldError message={root.message} />}
          </div>
        </FormProvider>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="primary" onClick={form.handleSubmit((v) => patch.mutate(v))} pending={patch.isPending}>
          Save and test
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
