"use client";

import { Building2 } from "lucide-react";
import { buttonStyle } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { atBase } from "@/lib/base-path";

/** Replaces pages of an organization that the user doesn't belong to. */
export function NotMember({ email }: { email: string }) {
  return (
    <EmptyState
      page
      icon={<Building2 aria-hidden />}
      title="You’re not a member of this organization"
      action={
        // Leaves the workspace, so that the server chooses one of the user's own.
        <a href={atBase("/")} className={buttonStyle({ variant: "primary" })}>
          Go to your organization
        </a>
      }
    >
      This link belongs to an organization that {email} isn’t a member of. Ask one of its admins for an invitation, or
      sign in with a different email.
    </EmptyState>
  );
}
