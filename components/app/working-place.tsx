"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { workIn, workingIn } from "@/lib/client/api";
import { meQuery } from "@/lib/client/queries";

interface WorkingPlaceProps {
  /** The organization that the session worked in when the page was loaded. */
  organizationId: string;
  children: ReactNode;
}

/** Has every request of the page name its organization, and covers the page once another tab has switched to another one. */
export function WorkingPlace({ organizationId, children }: WorkingPlaceProps) {
  // Before any query below is sent.
  useState(() => workIn(organizationId));
  const { data: me } = useQuery(meQuery());
  if (!me || me.organization.id === (workingIn() ?? organizationId)) return children;
  return (
    <div role="alert">
      <EmptyState
        icon={<Building2 aria-hidden />}
        title={`You switched to ${me.organization.name}`}
        action={
          <Button variant="primary" onClick={() => window.location.assign("/exports")}>
            Continue in {me.organization.name}
          </Button>
        }
      >
        Another tab of this browser switched to it. This page belongs to the organization that you left: switch back
        there to go on with it, or continue in the new one.
      </EmptyState>
    </div>
  );
}
