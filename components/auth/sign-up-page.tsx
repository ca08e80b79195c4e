"use client";

import { useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { AuthFrame } from "./auth-frame";
import { SignUpForm } from "./sign-up-form";

/** Creates a login with its own organization, if the installation allows it. */
export function SignUpPage({ open }: { open: boolean }) {
  const [closed, setClosed] = useState(!open);
  if (closed) return <Closed />;
  return (
    <AuthFrame title="Make an account" note="With an organization of your own">
      <SignUpForm onClosed={() => setClosed(true)} />
    </AuthFrame>
  );
}

function Closed() {
  return (
    <AuthFrame title="Accounts come by invitation" note="Nobody can sign up here by themselves">
      <p className="mb-5">
        Ask an admin of your organization to invite you: you then get a link that makes your account. Those who run this
        Penstock can open sign-up with <code className="font-mono text-xs">ALLOW_SIGNUP=true</code>.
      </p>
      <ButtonLink href="/sign-in" variant="primary" className="w-full">
        Sign in
      </ButtonLink>
    </AuthFrame>
  );
}
