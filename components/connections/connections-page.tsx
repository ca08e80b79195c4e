"use client";

import { useQuery } from "@tanstack/react-query";
import { DatabaseZap, Plus } from "lucide-react";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { ButtonLink } from "@/components/ui/button";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { Table, Th } from "@/components/ui/table";
import { connectionsQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import type { Connection } from "@/lib/schemas/connection";
import { BucketList } from "./bucket-list";
import { ConnectionRow } from "./connection-row";
import { ReservedKeyList } from "./reserved-key-list";

export function ConnectionsPage() {
  return (
    <>
      <PageHeader
        title="Connections"
        description="Where exports may write. Secrets are encrypted and never leave the server again."
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
  const connections = useQuery(connectionsQuery(project.id));
  if (connections.isPending) return <TableSkeleton label="Loading connections" rows={3} />;
  if (connections.isError)
    return (
      <ErrorState title="Connections can't be loaded" error={connections.error} onRetry={() => connections.refetch()} />
    );
  if (connections.data.items.length === 0)
    return (
      <EmptyState icon={<DatabaseZap aria-hidden />} title="No connection yet" action={<NewLink />}>
        A connection is a bucket or a warehouse, and as whom Penstock writes there. You can also make one while you
        create an export.
      </EmptyState>
    );
  return <ConnectionTable items={connections.data.items} />;
}

function ConnectionTable({ items }: { items: readonly Connection[] }) {
  return (
    <Table aria-label="Connections">
      <thead className="max-sm:sr-only">
        <tr>
          <Th>Connection</Th>
          <Th className="hidden lg:table-cell">Type</Th>
          <Th className="hidden sm:table-cell">State</Th>
          <Th className="hidden text-right lg:table-cell">Used by exports</Th>
          <Th className="text-right">Automatic</Th>
        </tr>
      </thead>
      <tbody>
        {items.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} />
        ))}
      </tbody>
    </Table>
  );
}
