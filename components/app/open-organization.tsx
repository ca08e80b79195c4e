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
      <EmptyState icon={<Compass aria-hidden />} title="There is no such page" action={<ToExports />}>
        The link has a slip in it, or leads to something that Penstock doesn’t have.
      </EmptyState>
    );
  if (!me.organizations.some(({ id }) => id === organizationId))
    return (
      <EmptyState icon={<Building2 aria-hidden />} title="You aren’t in this organization" action={<ToExports />}>
        The link is about an organization that {me.user.email} is no member of. Ask one of its admins for an invitation,
        or sign in with another address.
      </EmptyState>
    );
  return <Going me={me} organizationId={organizationId} target={target} />;
}

const ToExports = () => (
  <ButtonLink href="/exports" variant="primary">
    To your exports
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
  if (error) return <ErrorState title="The organization can't be opened" error={error} />;
  return <PageSkeleton />;
}
