"use client";

import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { ApiError } from "@/lib/client/api";
import { signedInQuery } from "@/lib/client/auth";
import { invitationQuery } from "@/lib/client/people-queries";
import { ROLE_WORDS } from "@/lib/client/role-words";
import { useLinkToken } from "@/lib/client/use-link-token";
import type { OpenInvitation } from "@/lib/schemas/organization";
import { AuthFrame } from "./auth-frame";
import { ExistingLogin } from "./existing-login";
import { NewLoginForm } from "./new-login-form";

/** The page behind an invitation link. The token follows the #, so no server logs it. */
export function InvitePage() {
  const token = useLinkToken();
  const invitation = useQuery(invitationQuery(token));
  if (invitation.isError && isInvalid(invitation.error)) return <Invalid />;
  if (invitation.isError)
    return (
      <AuthFrame title="Your invitation" note="Something went wrong">
        <ErrorState
          title="Couldn’t load the invitation"
          error={invitation.error}
          onRetry={() => invitation.refetch()}
        />
      </AuthFrame>
    );
  if (token === null || invitation.isPending) return <Loading />;
  return <Open token={token} invitation={invitation.data} />;
}

const isInvalid = (error: Error) => error instanceof ApiError && (error.status === 404 || error.status === 422);

function Invalid() {
  return (
    <AuthFrame title="This invitation isn’t valid" note="It might have been used, revoked, or replaced">
      <p className="mb-5">
        A link works once, within seven days, and only the latest one is valid. Ask the person who invited you to send
        it again. If you’ve already joined, sign in.
      </p>
      <ButtonLink href="/sign-in" variant="primary" className="w-full">
        Sign in
      </ButtonLink>
    </AuthFrame>
  );
}

function Loading() {
  return (
    <AuthFrame title="Your invitation" note="Loading…">
      <div role="status" aria-label="Loading the invitation" className="flex flex-col gap-4">
        <Skeleton className="h-14 w-full" />
        <Skeleton className="h-14 w-full" />
        <Skeleton className="h-9 w-full" />
      </div>
    </AuthFrame>
  );
}

function Open({ token, invitation }: { token: string; invitation: OpenInvitation }) {
  const { organization, role, email, hasLogin } = invitation;
  const session = useQuery(signedInQuery());
  if (session.isPending) return <Loading />;
  return (
    <AuthFrame title={`Join ${organization}`} note={`As ${ROLE_WORDS[role].label.toLowerCase()}, with ${email}`}>
      {hasLogin ? (
        <ExistingLogin
          token={token}
          email={email}
          signedIn={session.data ?? null}
          onSignedOut={() => session.refetch()}
        />
      ) : (
        <NewLoginForm token={token} email={email} />
      )}
    </AuthFrame>
  );
}
