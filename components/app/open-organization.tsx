"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Building2, Compass } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { openPath } from "@/lib/client/open-path";
import { meQuery } from "@/lib/client/queries";
import { showWorkspace, switchWorkspace } from "@/lib/client/switch-workspace";
import type { Me } from "@/lib/schemas/me";
import { PageSkeleton } from "./project-context";

interface OpenOrganizationProps {
  organizationId: string;
  path: string[];
}

/** The target of links in mails: switches to the link's organization, then opens the page. */
export function OpenOrganization({ organizationId, path }: OpenOrganizationProps) {
  const { data: me } = useQuery(meQuery());
  const search = useSearchParams().toString();
  const target = openPath(path, search === "" ? "" : `?${search}`);
  if (!me) return <PageSkeleton />;
  if (target === null)
    return (
      <EmptyState icon={<Compass aria-hidden />} title="Page not found" action={<ToExports />}>
        The link is mistyped, or the page no longer exists.
      </EmptyState>
    );
  if (!me.organizations.some(({ id }) => id === organizationId))
    return (
      <EmptyState
        icon={<Building2 aria-hidden />}
        title="You’re not a member of this organization"
        action={<ToExports />}
      >
        This link belongs to an organization that {me.user.email} isn’t a member of. Ask one of its admins for an
        invitation, or sign in with a different email.
      </EmptyState>
    );
  return <Going me={me} organizationId={organizationId} target={target} />;
}

const ToExports = () => (
  <ButtonLink href="/exports" variant="primary">
    Go to exports
  </ButtonLink>
);

interface GoingProps {
  me: Me;
  organizationId: string;
  target: string;
}

function Going({ me, organizationId, target }: GoingProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const [error, setError] = useState<Error | null>(null);
  const here = me.organization.id === organizationId;
  useEffect(() => {
    if (here) return router.replace(target);
    switchWorkspace({ organizationId })
      // Once the organization is active, this effect runs again and opens the page.
      .then((there) => showWorkspace(queries, there))
      .catch(setError);
  }, [here, organizationId, target, router, queries]);
  if (error) return <ErrorState title="Couldn’t open the organization" error={error} />;
  return <PageSkeleton />;
}
