"use client";

import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { ApiError } from "@/lib/client/api";
import { passwordResetQuery } from "@/lib/client/people-queries";
import { useLinkToken } from "@/lib/client/use-link-token";
import { AuthFrame } from "./auth-frame";
import { NewPasswordForm } from "./new-password-form";

/** The page behind a reset link. */
export function ResetPasswordPage() {
  const token = useLinkToken();
  const reset = useQuery(passwordResetQuery(token));
  if (reset.isError && isInvalid(reset.error)) return <Invalid />;
  if (reset.isError)
    return (
      <AuthFrame title="Choose a new password" note="The link can’t be checked right now">
        <ErrorState title="The link can’t be checked" error={reset.error} onRetry={() => reset.refetch()} />
      </AuthFrame>
    );
  if (token === null || reset.isPending) return <Loading />;
  return (
    <AuthFrame title="Choose a new password" note={`For ${reset.data.email}`}>
      <NewPasswordForm token={token} email={reset.data.email} onInvalid={() => reset.refetch()} />
    </AuthFrame>
  );
}

const isInvalid = (error: Error) => error instanceof ApiError && (error.status === 404 || error.status === 422);

function Invalid() {
  return (
    <AuthFrame title="This link doesn’t work" note="It was used, or it has expired">
      <p className="mb-5">
        A link works once, for an hour, and only until the password changes. If you still can’t sign in, request a new
        one.
      </p>
      <div className="flex flex-col gap-2">
        <ButtonLink href="/forgot-password" variant="primary">
          Request a new link
        </ButtonLink>
        <ButtonLink href="/sign-in" variant="ghost">
          Back to sign in
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}

function Loading() {
  return (
    <AuthFrame title="Choose a new password" note="Checking the link…">
      <div role="status" aria-label="Loading the link" className="flex flex-col gap-4">
        <Skeleton className="h-14 w-full" />
        <Skeleton className="h-9 w-full" />
      </div>
    </AuthFrame>
  );
}
