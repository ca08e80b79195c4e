"use client";

import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { atBase } from "@/lib/base-path";
import { ask } from "@/lib/client/api";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { showServerErrors } from "@/lib/client/server-errors";
import { NewLoginFields } from "./new-login-fields";
import { signIn } from "./sign-in";

/** For an invitee without a login: name and password, then straight into the app. */
export function NewLoginForm({ token, email }: { token: string; email: string }) {
  const form = useForm({
    resolver: lazyResolver(() => import("./new-login-schema").then((it) => it.newLoginSchema)),
    defaultValues: { name: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await ask("acceptInvitation", { body: { token, ...values } });
    } catch (error) {
      showServerErrors(form, error as Error);
      return;
    }
    // The login exists; if signing in fails anyway, the sign-in page is the way in.
    const failure = await signIn({ email, password: values.password });
    window.location.assign(atBase(failure === null ? "/exports" : "/sign-in"));
  });
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <NewLoginFields
        name={form.register("name")}
        password={form.register("password")}
        errors={{ name: errors.name?.message, password: errors.password?.message }}
      />
      {errors.root?.message && <FieldError message={errors.root.message} />}
      <Button type="submit" variant="primary" pending={isSubmitting || (isSubmitSuccessful && !errors.root)}>
        Join
      </Button>
    </Form>
  );
}
