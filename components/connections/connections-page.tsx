"use client";

import { useQuery } from "@tanstack/react-query";
import { DatabaseZap, Plus } from "lucide-react";
import { useState } from "react";
import { PageHeader } from "@/components/app/page-header";
import { useProject } from "@/components/app/project-context";
import { Button } from "@/components/ui/button";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { connectionsQuery } from "@/lib/client/queries";
import { ConnectionCard } from "./connection-card";
import { NewConnectionDialog } from "./connection-dialogs";

export function ConnectionsPage() {
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title="Connections"
        description="Where exports may write. Secrets are encrypted and never leave the server again."
        actions={
          <Button variant="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> New connection
          </Button>
        }
      />
      <ConnectionList onAdd={() => setAdding(true)} />
      {adding && <NewConnectionDialog open onClose={() => setAdding(false)} />}
    </>
  );
}

function ConnectionList({ onAdd }: { onAdd: () => void }) {
  const project = useProject();
  const connections = useQuery(connectionsQuery(project.id));
  if (connections.isPending) return <TableSkeleton label="Loading connections" rows={3} />;
  if (connections.isError)
    return (
      <ErrorState title="Connections can't be loaded" error={connections.error} onRetry={() => connections.refetch()} />
    );
  if (connections.data.items.length === 0)
    return (
      <EmptyState
        icon={<DatabaseZap aria-hidden />}
        title="No connection yet"
        action={
          <Button variant="primary" onClick={onAdd}>
            New connection
          </Button>
        }
      >
        A connection is a bucket with a key that may write into it. You can also make one while you create an export.
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-3">
      {connections.data.items.map((connection) => (
        <ConnectionCard key={connection.id} connection={connection} />
      ))}
    </div>
  );
}
