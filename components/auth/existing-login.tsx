"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { atBase } from "@/lib/base-path";
import { ask } from "@/lib/client/api";
import * as auth from "@/lib/client/auth";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { signIn } from "./sign-in";

interface ExistingLoginProps {
  token: string;
  /** The invited address. */
  email: string;
  /** The signed-in user; null if nobody is signed in. */
  signedIn: string | null;
  onSignedOut: () => void;
}

/** For an invitee who has a login: joins once signed in as the invited user. */
export function ExistingLogin({ token, email, signedIn, onSignedOut }: ExistingLoginProps) {
  if (signedIn === null) return <SignInToJoin token={token} email={email} />;
  if (signedIn.toLowerCase() === email.toLowerCase()) return <JoinNow token={token} />;
  return <AnotherPerson email={email} signedIn={signedIn} onSignedOut={onSignedOut} />;
}

/** Accepts the invitation and opens the app. Returns the error message, if any. */
async function join(token: string): Promise<string> {
  try {
    await ask("acceptInvitation", { body: { token } });
  } catch (error) {
    return (error as Error).message;
  }
  window.location.assign(atBase("/exports"));
  return "";
}

function JoinNow({ token }: { token: string }) {
  const [state, setState] = useState<{ pending: boolean; error: string }>({ pending: false, error: "" });
  const accept = async () => {
    setState({ pending: true, error: "" });
    const error = await join(token);
    setState({ pending: error === "", error });
  };
  return (
    <div className="flex flex-col gap-4">
      {state.error && <FieldError message={state.error} />}
      <Button variant="primary" onClick={accept} pending={state.pending}>
        Join
      </Button>
    </div>
  );
}

function SignInToJoin({ token, email }: { token: string; email: string }) {
  const form = useForm({
    resolver: lazyResolver(() => import("./sign-in-schema").then((it) => it.passwordOnlySchema)),
    defaultValues: { password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async ({ password }) => {
    const failure = (await signIn({ email, password })) ?? (await join(token));
    if (failure !== "") form.setError("root", { message: failure });
  });
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-muted">You already have an account. Sign in to join.</p>
      <Field label="Email">
        {(control) => <Input {...control} type="email" autoComplete="username" value={email} readOnly />}
      </Field>
      <Field label="Password" error={errors.password?.message}>
        {(control) => (
          <Input {...control} type="password" autoComplete="current-password" {...form.register("password")} />
        )}
      </Field>
      {errors.root?.message && <FieldError message={errors.root.message} />}
      <Button type="submit" variant="primary" pending={isSubmitting || (isSubmitSuccessful && !errors.root)}>
        Sign in and join
      </Button>
    </Form>
  );
}

function AnotherPerson({
  email,
  signedIn,
  onSignedOut,
}: Omit<ExistingLoginProps, "token" | "signedIn"> & { signedIn: string }) {
  const [leaving, setLeaving] = useState(false);
  const signOut = async () => {
    setLeaving(true);
    await auth.signOut().catch(() => undefined);
    onSignedOut();
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="break-words">
        You are signed in as <strong>{signedIn}</strong>, but this invitation is for <strong>{email}</strong>.
      </p>
      <Button variant="primary" onClick={signOut} pending={leaving}>
        Sign out and continue
      </Button>
    </div>
  );
}
