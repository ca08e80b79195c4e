"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { ApiError, ask } from "@/lib/client/api";
import { showServerErrors } from "@/lib/client/server-errors";
import { AuthFrame } from "./auth-frame";

/** Asks for a link that sets a new password; `canMail` is false where the installation sends no email. */
export function ForgotPasswordPage({ canMail }: { canMail: boolean }) {
  const [able, setAble] = useState(canMail);
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (!able) return <AskOperator />;
  if (sentTo !== null) return <Sent email={sentTo} onAgain={() => setSentTo(null)} />;
  return <EmailForm onSent={setSentTo} onUnable={() => setAble(false)} />;
}

function EmailForm({ onSent, onUnable }: { onSent: (email: string) => void; onUnable: () => void }) {
  const form = useForm({ defaultValues: { email: "" } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ email }) => {
    try {
      await ask("requestPasswordReset", { body: { email: email.trim() } });
      onSent(email.trim());
    } catch (error) {
      if (error instanceof ApiError && error.code === "mail_not_configured") return onUnable();
      showServerErrors(form, error as Error);
    }
  });
  return (
    <AuthFrame title="Reset your password" note="We’ll email you a link">
      <Form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Email" error={errors.email?.message}>
          {(control) => <Input {...control} type="email" autoComplete="username" {...form.register("email")} />}
        </Field>
        {errors.root?.message && <FieldError message={errors.root.message} />}
        <Button type="submit" variant="primary" pending={isSubmitting}>
          Email me a link
        </Button>
      </Form>
      <p className="mt-5 text-center">
        <Link href="/sign-in" className="inline-block rounded py-1 font-medium text-primary hover:underline">
          Back to sign in
        </Link>
      </p>
    </AuthFrame>
  );
}

/** The same for every address, so that nobody learns who has an account. */
function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <AuthFrame title="Check your email" note="The link works once, for an hour">
      <p role="status" className="mb-5 break-words">
        If <strong>{email}</strong> has an account, a link to choose a new password is on its way. It can take a few
        minutes; look in your spam folder, too.
      </p>
      <div className="flex flex-col gap-2">
        <ButtonLink href="/sign-in" variant="primary">
          Back to sign in
        </ButtonLink>
        <Button variant="ghost" onClick={onAgain}>
          Use another email
        </Button>
      </div>
    </AuthFrame>
  );
}

function AskOperator() {
  return (
    <AuthFrame title="Reset your password" note="This Penstock sends no email">
      <p className="mb-3">Ask the person who runs it for a link. They can create one with this command:</p>
      <pre className="wrap-anywhere mb-5 whitespace-pre-wrap rounded-lg bg-sunken p-3 font-mono text-xs leading-5">
        npm run reset-password -- you@example.com
      </pre>
      <ButtonLink href="/sign-in" variant="primary" className="w-full">
        Back to sign in
      </ButtonLink>
    </AuthFrame>
  );
}
