"use client";

import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { ApiError, ask } from "@/lib/client/api";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { AuthFrame } from "./auth-frame";
import { signIn } from "./sign-in";

interface SignInProps {
  next: string;
  /** Whether people can create a login themselves. */
  signUpOpen: boolean;
}

export function SignInForm({ next, signUpOpen }: SignInProps) {
  const router = useRouter();
  const form = useForm({
    resolver: lazyResolver(() => import("./sign-in-schema").then((it) => it.signInSchema)),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const failure = (await signIn(values)) ?? (await withoutPlace());
    if (failure !== null) return form.setError("root", { message: failure });
    router.replace(next);
    router.refresh();
  });
  return (
    <AuthFrame title="Sign in to Penstock" note="Exports that prove they are complete">
      <Form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Email" error={errors.email?.message}>
          {(control) => <Input {...control} type="email" autoComplete="username" {...form.register("email")} />}
        </Field>
        <Field label="Password" error={errors.password?.message}>
          {(control) => (
            <Input {...control} type="password" autoComplete="current-password" {...form.register("password")} />
          )}
        </Field>
        <Link
          href="/forgot-password"
          className="-my-2 self-start rounded py-1 font-medium text-primary hover:underline"
        >
          Forgot your password?
        </Link>
        {errors.root?.message && <FieldError message={errors.root.message} />}
        <Button type="submit" variant="primary" pending={isSubmitting || (isSubmitSuccessful && !errors.root)}>
          Sign in
        </Button>
      </Form>
      {signUpOpen && (
        <p className="mt-5 text-center text-muted">
          New to Penstock?{" "}
          <Link href="/sign-up" className="rounded font-medium text-primary hover:underline">
            Create an account
          </Link>
        </p>
      )}
    </AuthFrame>
  );
}

/** Why a signed-in user can see nothing, such as a removed member; null if they can. */
async function withoutPlace(): Promise<string | null> {
  const failure = await ask("getMe", {}).then(
    () => null,
    (error: unknown) => error,
  );
  return failure instanceof ApiError && failure.status === 401
    ? "Your account is no longer a member of any organization. Ask an admin for a new invitation."
    : null;
}
