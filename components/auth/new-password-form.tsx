"use client";

import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { atBase } from "@/lib/base-path";
import { ApiError, ask } from "@/lib/client/api";
import { showServerErrors } from "@/lib/client/server-errors";
import { signIn } from "./sign-in";

interface NewPasswordFormProps {
  token: string;
  email: string;
  /** The link was used or expired while the form was open. */
  onInvalid: () => void;
}

/** Sets the new password and signs in with it. */
export function NewPasswordForm({ token, email, onInvalid }: NewPasswordFormProps) {
  const form = useForm({ defaultValues: { password: "" } });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async ({ password }) => {
    try {
      await ask("resetPassword", { body: { token, password } });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return onInvalid();
      showServerErrors(form, error as Error);
      return;
    }
    // The password is set; if signing in fails anyway, the sign-in page is the way in.
    const failure = await signIn({ email, password });
    window.location.replace(atBase(failure === null ? "/exports" : "/sign-in"));
  });
  const hasError = errors.password !== undefined || errors.root !== undefined;
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field
        label="New password"
        hint="At least 12 characters. You’ll be signed out on all other devices."
        error={errors.password?.message}
      >
        {(control) => <Input {...control} type="password" autoComplete="new-password" {...form.register("password")} />}
      </Field>
      {errors.root?.message && <FieldError message={errors.root.message} />}
      <Button type="submit" variant="primary" pending={isSubmitting || (isSubmitSuccessful && !hasError)}>
        Set password and sign in
      </Button>
    </Form>
  );
}
