"use client";

import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { atBase } from "@/lib/base-path";
import { ApiError, ask } from "@/lib/client/api";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { showServerErrors } from "@/lib/client/server-errors";
import { NewLoginFields } from "./new-login-fields";
import { signIn } from "./sign-in";

/** Name, address, password, and organization; then straight into the app. */
export function SignUpForm({ onClosed }: { onClosed: () => void }) {
  const form = useForm({
    resolver: lazyResolver(() => import("@/lib/schemas/me").then((it) => it.signUpSchema)),
    defaultValues: { name: "", email: "", password: "", organizationName: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    try {
      await ask("signUp", { body: values });
    } catch (error) {
      if (error instanceof ApiError && error.code === "sign_up_closed") return onClosed();
      return showServerErrors(form, error as Error);
    }
    const failure = await signIn(values);
    if (failure !== null) return form.setError("root", { message: failure });
    window.location.assign(atBase("/exports"));
  });
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Email" error={errors.email?.message}>
        {(control) => <Input {...control} type="email" autoComplete="username" {...form.register("email")} />}
      </Field>
      <NewLoginFields
        name={form.register("name")}
        password={form.register("password")}
        errors={{ name: errors.name?.message, password: errors.password?.message }}
      />
      <Field label="Organization" hint="Your company or team." error={errors.organizationName?.message}>
        {(control) => <Input {...control} autoComplete="organization" {...form.register("organizationName")} />}
      </Field>
      {errors.root?.message && <FieldError message={errors.root.message} />}
      <Button type="submit" variant="primary" pending={isSubmitting || (isSubmitSuccessful && !errors.root)}>
        Create account
      </Button>
      <p className="text-center text-muted">
        Already have an account?{" "}
        <Link href="/sign-in" className="rounded font-medium text-primary hover:underline">
          Sign in
        </Link>
      </p>
    </Form>
  );
}
