"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FormProvider, useForm } from "react-hook-form";
import { partsOf } from "@/components/destinations/by-type";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { EditConflict } from "@/components/ui/edit-conflict";
import { FieldError } from "@/components/ui/field";
import { ask } from "@/lib/client/api";
import { OF_CONNECTIONS, refresh } from "@/lib/client/asking";
import { connectionQuery } from "@/lib/client/queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { useVersionedEdit } from "@/lib/client/use-versioned-edit";
import type { Connection, PatchConnection } from "@/lib/schemas/connection";
import { ConnectionFields } from "./connection-fields";
import { asForm, type ConnectionForm, cleaned, patchResolver } from "./connection-form";

interface EditProps {
  connection: Connection;
  onClose: () => void;
  onSaved: () => void;
}

type Editable = Pick<PatchConnection, "name" | "config">;

/** What the form changes of a connection. */
function valuesOf(stored: Connection): Editable {
  const { name, config } = cleaned(asForm(stored));
  return { name, config };
}

const fieldLabel =
  ({ type }: Connection) =>
  (path: string): string =>
    path === "name" ? "Connection name" : (partsOf(type).labelOf(type, path.replace("config.", "")) ?? path);

/** Changes a connection. The caller verifies the saved connection with the stored secret. */
export function EditConnectionDialog({ connection, onClose, onSaved }: EditProps) {
  const queries = useQueryClient();
  const form = useForm<ConnectionForm, unknown, PatchConnection>({
    resolver: patchResolver(connection.type),
    defaultValues: asForm(connection),
  });
  const params = { id: connection.id };
  const edit = useVersionedEdit<Connection, Editable>({
    stored: connection,
    valuesOf,
    save: (values, version) => ask("patchConnection", { params, body: { ...values, ifUpdatedAt: version.updatedAt } }),
    reload: () => queries.fetchQuery({ ...connectionQuery(connection.id), staleTime: 0 }),
    onSaved: async () => {
      await refresh(queries, OF_CONNECTIONS);
      onSaved();
    },
    onError: (error) => showServerErrors(form, error),
  });
  const discard = () => {
    if (edit.conflict) form.reset(asForm(edit.conflict.theirs));
    edit.discard();
  };
  const { root } = form.formState.errors;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={`Edit ${connection.name}`}
      description="A new address or new credentials are verified before its exports continue."
      className="max-w-2xl"
    >
      <DialogBody>
        <FormProvider {...form}>
          <div className="flex flex-col gap-4">
            <ConnectionFields stored={connection} />
            {root?.message && <FieldError message={root.message} />}
            {edit.conflict && (
              <EditConflict
                what="connection"
                changed={edit.conflict.changed}
                labelOf={fieldLabel(connection)}
                pending={edit.isPending}
                onApply={form.handleSubmit(({ name, config }) => edit.apply({ name, config }))}
                onDiscard={discard}
              />
            )}
          </div>
        </FormProvider>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          onClick={form.handleSubmit(({ name, config }) => edit.submit({ name, config }))}
          pending={edit.isPending || form.formState.isSubmitting}
          disabled={edit.conflict !== null}
        >
          Save and verify
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
