"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { ask } from "@/lib/client/api";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { sessionsQuery } from "@/lib/client/people-queries";
import { meQuery } from "@/lib/client/queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { ChangePassword } from "@/lib/schemas/me";

/** Changes the password, which signs out all other sessions of the user. */
export function PasswordForm() {
  const { data: me } = useQuery(meQuery());
  const queries = useQueryClient();
  const form = useForm({
    resolver: lazyResolver(() => import("@/lib/schemas/me").then((it) => it.changePasswordSchema)),
    defaultValues: { currentPassword: "", newPassword: "" },
  });
  const { errors } = form.formState;
  const change = useMutation({
    mutationFn: (body: ChangePassword) => ask("changePassword", { body }),
    onSuccess: () => {
      form.reset();
      toast.success("Password changed. You’re signed out of all other sessions.");
      return queries.invalidateQueries(sessionsQuery());
    },
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Card title="Password" description="Changing your password signs you out of all other sessions.">
      <Form onSubmit={form.handleSubmit((values) => change.mutate(values))} className="grid gap-4 sm:grid-cols-2">
        {/* Password managers look for the account that the password belongs to. */}
        <input type="hidden" name="username" autoComplete="username" value={me?.user.email ?? ""} readOnly />
        <Field label="Current password" error={errors.currentPassword?.message}>
          {(control) => (
            <Input {...control} type="password" autoComplete="current-password" {...form.register("currentPassword")} />
          )}
        </Field>
        <Field label="New password" hint="At least 12 characters." error={errors.newPassword?.message}>
          {(control) => (
            <Input {...control} type="password" autoComplete="new-password" {...form.register("newPassword")} />
          )}
        </Field>
        {errors.root?.message && (
          <div className="sm:col-span-2">
            <FieldError message={errors.root.message} />
          </div>
        )}
        <Button type="submit" className="justify-self-start" pending={change.isPending}>
          Change password
        </Button>
      </Form>
    </Card>
  );
}
