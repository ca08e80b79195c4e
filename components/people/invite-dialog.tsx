"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ask } from "@/lib/client/api";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { invitationsQuery } from "@/lib/client/people-queries";
import { meQuery } from "@/lib/client/queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { useMutation } from "@/lib/client/use-mutation";
import type { Invite, SentInvitation } from "@/lib/schemas/organization";
import { InvitationLink } from "./invitation-link";
import { RoleSelect } from "./role-select";

/** Invites a person, then shows the link for the only time. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [sent, setSent] = useState<SentInvitation | null>(null);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={sent ? "Invitation created" : "Invite someone"}
      description={sent ? undefined : "They join with a link that works for seven days."}
    >
      {sent ? <InvitationLink sent={sent} onClose={onClose} /> : <InviteForm onSent={setSent} onCancel={onClose} />}
    </Dialog>
  );
}

function InviteForm({ onSent, onCancel }: { onSent: (sent: SentInvitation) => void; onCancel: () => void }) {
  const { data: me } = useQuery(meQuery());
  const queries = useQueryClient();
  const form = useForm<Invite>({
    resolver: lazyResolver(() => import("@/lib/schemas/organization").then((it) => it.inviteSchema)),
    defaultValues: { email: "", role: "member" },
  });
  const { errors } = form.formState;
  const send = useMutation({
    mutationFn: (body: Invite) => ask("invite", { body }),
    onSuccess: (sent) => {
      void queries.invalidateQueries(invitationsQuery());
      onSent(sent);
    },
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Form onSubmit={form.handleSubmit((values) => send.mutate(values))} className="flex min-h-0 flex-col">
      <DialogBody className="flex flex-col gap-4">
        <Field label="Email" error={errors.email?.message}>
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="off"
              placeholder="name@example.com"
              {...form.register("email")}
            />
          )}
        </Field>
        <Field label="Role" error={errors.role?.message}>
          {(control) => (
            <Controller
              control={form.control}
              name="role"
              render={({ field }) => (
                <RoleSelect {...control} value={field.value} onChange={field.onChange} myRole={me?.role ?? "viewer"} />
              )}
            />
          )}
        </Field>
        {errors.root?.message && <FieldError message={errors.root.message} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={send.isPending}>
          Send invitation
        </Button>
      </DialogFooter>
    </Form>
  );
}
