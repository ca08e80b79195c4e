"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Logo } from "@/components/app/logo";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { authClient } from "@/lib/client/auth";

const signInSchema = z.object({
  email: z.email("must be an address like you@example.com"),
  password: z.string().min(1, "is required"),
});

function failureWords(status: number, message: string | undefined): string {
  if (status === 401) return "This email and password don't go together. Check both and try again.";
  if (status === 429) return "Too many tries. Wait a minute, then try again.";
  if (status === 0) return "The server can't be reached. Check your connection and try again.";
  return message ?? `The server answered ${status}. Try again in a moment.`;
}

/** Email and password; a wrong pair is told in one sentence that doesn't say which of the two it was. */
export function SignInForm({ next }: { next: string }) {
  const router = useRouter();
  const form = useForm({ resolver: zodResolver(signInSchema), defaultValues: { email: "", password: "" } });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const { error } = await authClient.signIn.email(values).catch(() => ({ error: { status: 0, message: undefined } }));
    if (error) return form.setError("root", { message: failureWords(error.status, error.message) });
    router.replace(next);
    router.refresh();
  });
  return (
    <main className="flex min-h-dvh items-center justify-center bg-nav p-4">
      <div className="w-full max-w-sm rounded-2xl border border-border bg-surface p-6 shadow-float sm:p-8">
        <div className="mb-6 flex items-center gap-3">
          <Logo className="size-10" />
          <div>
            <h1 className="font-semibold text-lg leading-tight tracking-tight">Sign in to Penstock</h1>
            <p className="text-muted">Exports that prove they are complete</p>
          </div>
        </div>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <Field label="Email" error={errors.email?.message}>
            {(control) => <Input {...control} type="email" autoComplete="username" {...form.register("email")} />}
          </Field>
          <Field label="Password" error={errors.password?.message}>
            {(control) => (
              <Input {...control} type="password" autoComplete="current-password" {...form.register("password")} />
            )}
          </Field>
          {errors.root?.message && <FieldError message={errors.root.message} />}
          <Button type="submit" variant="primary" pending={isSubmitting || (isSubmitSuccessful && !errors.root)}>
            Sign in
          </Button>
        </form>
      </div>
    </main>
  );
}
