"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ask } from "@/lib/client/api";
import { dirtyValues } from "@/lib/client/dirty-values";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { alertChannelsQuery } from "@/lib/client/people-queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { useMutation } from "@/lib/client/use-mutation";
import type { AlertChannel, PatchAlertChannel } from "@/lib/schemas/alert";
import { ReceiptsSwitch } from "./receipts-switch";

/** Changes the name or address; an empty address keeps the stored one. */
export function EditChannelDialog({ channel, onClose }: { channel: AlertChannel; onClose: () => void }) {
  const queries = useQueryClient();
  const form = useForm<PatchAlertChannel>({
    resolver: lazyResolver(() => import("@/lib/schemas/alert").then((it) => it.patchAlertChannelSchema)),
    defaultValues: { name: channel.name, url: undefined, receipts: channel.receipts },
  });
  const { errors, dirtyFields } = form.formState;
  const patch = useMutation({
    mutationFn: (body: PatchAlertChannel) => ask("patchAlertChannel", { params: { id: channel.id }, body }),
    onSuccess: async () => {
      await queries.invalidateQueries(alertChannelsQuery());
      onClose();
    },
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Edit ${channel.name}`}>
      <Form
        onSubmit={form.handleSubmit((values) => patch.mutate(dirtyValues(values, dirtyFields)))}
        className="flex min-h-0 flex-col"
      >
        <DialogBody className="flex flex-col gap-4">
          <Field label="Name" error={errors.name?.message}>
            {(control) => <Input {...control} autoComplete="off" {...form.register("name")} />}
          </Field>
          <Field
            label="New address"
            hint={`Leave it empty to keep the one at ${channel.host}.`}
            error={errors.url?.message}
          >
            {(control) => (
              <Input
                {...control}
                type="url"
                autoComplete="off"
                {...form.register("url", { setValueAs: (value: string | undefined) => value || undefined })}
              />
            )}
          </Field>
          {channel.kind === "webhook" && (
            <Controller
              control={form.control}
              name="receipts"
              render={({ field }) => <ReceiptsSwitch checked={field.value ?? false} onChange={field.onChange} />}
            />
          )}
          {errors.root?.message && <FieldError message={errors.root.message} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={patch.isPending}>
            Save
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}
