"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { DatabaseZap, Plus } from "lucide-react";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { Paged } from "@/components/settings/paged";
import { ButtonLink } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/states";
import { connectionPagesQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import { BucketList } from "./bucket-list";
import { connectionColumns } from "./connection-columns";
import { ReservedKeyList } from "./reserved-key-list";

export function ConnectionsPage() {
  return (
    <>
      <PageHeader
        title="Connections"
        description="Where exports can write. Secrets are encrypted and never leave the server."
        actions={<NewLink />}
      />
      <div className="flex flex-col gap-8">
        <ConnectionList />
        <BucketList />
        <ReservedKeyList />
      </div>
    </>
  );
}

function NewLink() {
  if (!useMay("connections.manage")) return null;
  return (
    <ButtonLink href="/connections/new" variant="primary">
      <Plus aria-hidden /> New connection
    </ButtonLink>
  );
}

function ConnectionList() {
  const project = useProject();
  const connections = useInfiniteQuery(connectionPagesQuery(project.id));
  const none = (
    <EmptyState icon={<DatabaseZap aria-hidden />} title="No connections yet" action={<NewLink />}>
      A connection is a bucket or a warehouse, with the credentials to write there. You can also create one while you
      create an export.
    </EmptyState>
  );
  return (
    <Paged query={connections} what="connections" empty={none}>
      {(items) => (
        <DataTable label="Connections" columns={connectionColumns} rows={items} keyOf={({ id }) => id} opens />
      )}
    </Paged>
  );
}
