"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Card, Facts } from "@/components/ui/card";
import { CopyLine } from "@/components/ui/copy-line";
import { TableSkeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { ask } from "@/lib/client/api";
import { formatTime } from "@/lib/client/format";
import { organizationQuery } from "@/lib/client/people-queries";
import { meQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import { useMay } from "@/lib/client/use-may";
import type { Organization } from "@/lib/schemas/organization";
import { NameForm } from "./name-form";
import { QuotasCard } from "./quotas-card";

/** The organization's name, and the external id that its AWS roles must require. */
export function OrganizationPage() {
  const organization = useQuery(organizationQuery());
  if (organization.isPending) return <TableSkeleton label="Loading the organization" rows={2} />;
  if (organization.isError)
    return (
      <ErrorState
        title="Couldn’t load the organization"
        error={organization.error}
        onRetry={() => organization.refetch()}
      />
    );
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <NameCard organization={organization.data} />
      <ExternalId organization={organization.data} />
      <QuotasCard />
    </div>
  );
}

function NameCard({ organization }: { organization: Organization }) {
  const queries = useQueryClient();
  const mayRename = useMay("organization.manage");
  const renamed = async ({ name }: Organization) => {
    await Promise.all([queries.invalidateQueries(organizationQuery()), queries.invalidateQueries(meQuery())]);
    toast.success(`Organization renamed to “${name}”`);
  };
  const facts = [["Created", formatTime(organization.createdAt)]] as const;
  return (
    <Card
      title="Organization"
      description="Members, connections, and exports belong to it and aren’t visible outside it."
    >
      {mayRename ? (
        <div className="flex flex-col gap-4">
          <NameForm
            label="Name"
            name={organization.name}
            submitLabel="Rename"
            save={(name) => ask("patchOrganization", { body: { name } })}
            onSaved={renamed}
          />
          <Facts items={facts} />
        </div>
      ) : (
        <Facts items={[["Name", organization.name], ...facts]} />
      )}
    </Card>
  );
}

function ExternalId({ organization }: { organization: Organization }) {
  return (
    <Card title="External ID for AWS roles">
      <CopyLine label="sts:ExternalId" value={organization.externalId} copyLabel="Copy the external ID" />
      <p className="mt-3 text-muted">
        A role that Penstock assumes must require this ID in its trust policy. It belongs to this organization alone, so
        nobody else on this installation can use your role. It isn’t a secret. The policy generator includes it. A role
        that accepts any other ID is rejected as unsafe.
      </p>
    </Card>
  );
}
