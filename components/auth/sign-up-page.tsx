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
    <AuthFrame title="Create an account" note="With your own organization">
      <SignUpForm onClosed={() => setClosed(true)} />
    </AuthFrame>
  );
}

function Closed() {
  return (
    <AuthFrame title="Sign-up is by invitation only" note="You need an invitation to create an account">
      <p className="mb-5">
        Ask an admin of your organization to invite you. You’ll get a link to create your account. The operator of this
        installation can open sign-up with <code className="font-mono text-xs">ALLOW_SIGNUP=true</code>.
      </p>
      <ButtonLink href="/sign-in" variant="primary" className="w-full">
        Sign in
      </ButtonLink>
    </AuthFrame>
  );
}
