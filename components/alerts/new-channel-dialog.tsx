"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { ask } from "@/lib/client/api";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { alertChannelsQuery } from "@/lib/client/people-queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { CreateAlertChannel } from "@/lib/schemas/alert";
import { ReceiptsSwitch } from "./receipts-switch";
import { SigningSecret } from "./signing-secret";

/** Adds a channel, then shows a webhook's signing secret for the only time. */
export function NewChannelDialog({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={secret ? "Copy the signing secret now" : "Add channel"}
      description={secret && "Your program uses it to verify that a request comes from Penstock."}
      {...(secret && { className: "max-w-2xl" })}
    >
      {secret ? (
        <SigningSecret secret={secret} onClose={onClose} />
      ) : (
        <ChannelForm onClose={onClose} onSecret={setSecret} />
      )}
    </Dialog>
  );
}

const KINDS = [
  { value: "webhook", label: "Webhook", note: "Signed JSON for your own program" },
  { value: "slack", label: "Slack", note: "A message through an incoming webhook, for Slack or compatible tools" },
] as const;

const PLACEHOLDERS = { webhook: "https://example.com/penstock", slack: "https://hooks.slack.com/services/…" };

function ChannelForm({ onClose, onSecret }: { onClose: () => void; onSecret: (secret: string) => void }) {
  const queries = useQueryClient();
  const form = useForm<CreateAlertChannel>({
    resolver: lazyResolver(() => import("@/lib/schemas/alert").then((it) => it.createAlertChannelSchema)),
    defaultValues: { kind: "webhook", name: "", url: "", receipts: false },
  });
  const { errors } = form.formState;
  const create = useMutation({
    mutationFn: (body: CreateAlertChannel) =>
      ask("createAlertChannel", { body: { ...body, receipts: body.kind === "webhook" && body.receipts } }),
    onSuccess: async ({ name, signingSecret }) => {
      await queries.invalidateQueries(alertChannelsQuery());
      if (signingSecret !== null) return onSecret(signingSecret);
      toast.success(`Channel “${name}” added`);
      onClose();
    },
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Form onSubmit={form.handleSubmit((body) => create.mutate(body))} className="flex min-h-0 flex-col">
      <DialogBody className="flex flex-col gap-4">
        <Controller
          control={form.control}
          name="kind"
          render={({ field }) => (
            <RadioCards label="Type" choices={KINDS} value={field.value} onChange={field.onChange} />
          )}
        />
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} autoComplete="off" placeholder="On-call" {...form.register("name")} />}
        </Field>
        <Field
          label="Address"
          hint="Encrypted before it is stored. Only its host is shown again."
          error={errors.url?.message}
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              autoComplete="off"
              placeholder={PLACEHOLDERS[form.watch("kind")]}
              {...form.register("url")}
            />
          )}
        </Field>
        {form.watch("kind") === "webhook" && (
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
        <Button type="submit" variant="primary" pending={create.isPending}>
          Add channel
        </Button>
      </DialogFooter>
    </Form>
  );
}
