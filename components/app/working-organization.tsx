"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { atBase } from "@/lib/base-path";
import { workIn, workingIn } from "@/lib/client/api";
import { meQuery } from "@/lib/client/queries";

interface WorkingOrganizationProps {
  /** The session's organization when the page was loaded. */
  organizationId: string;
  children: ReactNode;
}

/** Adds the organization to every request of the page, and covers the page once another tab switches to another one. */
export function WorkingOrganization({ organizationId, children }: WorkingOrganizationProps) {
  // Must run before the query below is sent.
  useState(() => workIn(organizationId));
  const { data: me } = useQuery(meQuery());
  if (!me || me.organization.id === (workingIn() ?? organizationId)) return children;
  return (
    <div role="alert">
      <EmptyState
        icon={<Building2 aria-hidden />}
        title={`You switched to ${me.organization.name}`}
        action={
          <Button variant="primary" onClick={() => window.location.assign(atBase("/exports"))}>
            Continue in {me.organization.name}
          </Button>
        }
      >
        Another tab in this browser switched organizations. This page belongs to the previous one: switch back in that
        tab to keep working here, or continue in the new one.
      </EmptyState>
    </div>
  );
}
