"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, CircleX, Database, Pencil, PlugZap, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useProject } from "@/components/app/project-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/time";
import { deleteConnection, verifyConnection } from "@/lib/client/commands";
import { plural } from "@/lib/client/format";
import { connectionsQuery } from "@/lib/client/queries";
import type { Connection } from "@/lib/schemas/connection";
import { EditConnectionDialog } from "./connection-dialogs";
import { VerifySteps } from "./verify-steps";

/** One connection: where it leads, whether it works, and what one can do with it. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const project = useProject();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries(connectionsQuery(project.id));
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const verify = useMutation({ mutationFn: () => verifyConnection(connection.id), onSettled: refresh });
  const remove = useMutation({
    mutationFn: () => deleteConnection(connection.id),
    onSuccess: () => {
      toast.success(`Connection “${connection.name}” deleted`);
      setDeleting(false);
      return refresh();
    },
  });
  const saved = () => {
    setEditing(false);
    verify.mutate();
  };
  return (
    <article
      aria-label={connection.name}
      className="rounded-xl border border-border bg-surface p-4 shadow-raised sm:p-5"
    >
      <Header
        connection={connection}
        testing={verify.isPending}
        onTest={() => verify.mutate()}
        onEdit={() => setEditing(true)}
        onDelete={() => setDeleting(true)}
      />
      <Address connection={connection} />
      <div className="mt-4 empty:hidden">
        {(verify.isPending || verify.isError || verify.data || connection.lastVerification?.ok === false) && (
          <VerifySteps
            pending={verify.isPending}
            result={verify.data ?? connection.lastVerification}
            error={verify.error}
          />
        )}
      </div>
      {editing && <EditConnectionDialog connection={connection} onClose={() => setEditing(false)} onSaved={saved} />}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete the connection “${connection.name}”?`}
        confirmLabel="Delete connection"
        onConfirm={() => remove.mutate()}
        pending={remove.isPending}
        error={remove.error?.message}
      >
        <p>Its stored secret goes with it. The bucket and what lies in it stay as they are.</p>
      </ConfirmDialog>
    </article>
  );
}

interface HeaderProps {
  connection: Connection;
  testing: boolean;
  onTest: () => void;
  onEdit: () => void;
  onDelete: () => void;
}

function Header({ connection, testing, onTest, onEdit, onDelete }: HeaderProps) {
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <div className="flex min-w-0 items-center gap-3">
        <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-primary-soft text-primary">
          <Database className="size-4.5" aria-hidden />
        </span>
        <div className="min-w-0">
          <h2 className="truncate font-semibold">{connection.name}</h2>
          <p className="text-muted text-xs">{connection.config.endpoint ? "S3-compatible" : "Amazon S3"}</p>
        </div>
        <VerificationBadge connection={connection} />
      </div>
      <div className="flex flex-wrap gap-1">
        <Button size="sm" onClick={onTest} pending={testing}>
          <PlugZap aria-hidden /> Test
        </Button>
        <Button size="sm" variant="ghost" onClick={onEdit}>
          <Pencil aria-hidden /> Edit
        </Button>
        <Button size="sm" variant="ghost" onClick={onDelete}>
          <Trash2 aria-hidden /> Delete
        </Button>
      </div>
    </div>
  );
}

function Address({ connection }: { connection: Connection }) {
  const { config } = connection;
  return (
    <Facts
      className="grid-cols-2 sm:grid-cols-4"
      items={[
        ["Bucket", config.bucket],
        ["Region", config.region],
        ["Endpoint", config.endpoint ?? "Amazon’s own"],
        ["Used by", plural(connection.usedByExports, "export")],
      ]}
    />
  );
}

function VerificationBadge({ connection }: { connection: Connection }) {
  if (!connection.lastVerification)
    return (
      <Badge tone="idle">
        <CircleDashed aria-hidden /> Not tested
      </Badge>
    );
  const { ok } = connection.lastVerification;
  return (
    <Badge tone={ok ? "ok" : "bad"}>
      {ok ? <CircleCheck aria-hidden /> : <CircleX aria-hidden />}
      {ok ? "Works" : "Test failed"}
      {ok && connection.verifiedAt && (
        <span className="font-normal">
          · <RelativeTime value={connection.verifiedAt} />
        </span>
      )}
    </Badge>
  );
}
