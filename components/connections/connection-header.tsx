"use client";

import { EllipsisVertical, Pencil, PlugZap, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PageHeader } from "@/components/app/page-header";
import { BackLink } from "@/components/ui/back-link";
import { Breakable } from "@/components/ui/breakable";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useMay } from "@/lib/client/use-may";
import { useAppRouter } from "@/lib/client/workspace";
import { uriOf } from "@/lib/destinations/connection";
import type { Connection } from "@/lib/schemas/connection";
import { ConnectionBadge } from "./connection-badge";
import { setupOf } from "./setup";
import type { useVerify } from "./use-verify";

const EditConnectionDialog = dynamic(() => import("./edit-connection-dialog").then((it) => it.EditConnectionDialog), {
  loading: () => null,
});

const DeleteConnectionDialog = dynamic(
  () => import("./delete-connection-dialog").then((it) => it.DeleteConnectionDialog),
  { loading: () => null },
);

interface HeaderProps {
  connection: Connection;
  verify: ReturnType<typeof useVerify>;
  onSetup: () => void;
}

/** A connection's name, state, and actions. */
export function ConnectionHeader({ connection, verify, onSetup }: HeaderProps) {
  const mayManage = useMay("connections.manage");
  const mayDelete = useMay("connections.delete");
  const [editing, setEditing] = useState(false);
  const { Icon: SetupIcon, label: setupLabel } = setupOf(connection.type);
  const saved = () => {
    setEditing(false);
    verify.mutate();
  };
  return (
    <>
      <BackLink href="/connections">Connections</BackLink>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 break-words">{connection.name}</span>
            <ConnectionBadge connection={connection} />
          </span>
        }
        description={
          <span className="break-words font-mono text-xs">
            <Breakable text={uriOf(connection)} />
          </span>
        }
        // Without icons they fit on one line of a phone.
        actions={
          <>
            {mayManage && (
              <Button variant="primary" onClick={() => verify.mutate()} pending={verify.isPending}>
                {!verify.isPending && <PlugZap aria-hidden />} Verify
              </Button>
            )}
            <Button onClick={onSetup}>
              <SetupIcon aria-hidden className="max-sm:hidden" /> {setupLabel}
            </Button>
            {mayManage && (
              <Button onClick={() => setEditing(true)}>
                <Pencil aria-hidden className="max-sm:hidden" /> Edit
              </Button>
            )}
            {mayDelete && <MoreMenu connection={connection} />}
          </>
        }
      />
      {editing && <EditConnectionDialog connection={connection} onClose={() => setEditing(false)} onSaved={saved} />}
    </>
  );
}

function MoreMenu({ connection }: { connection: Connection }) {
  const [deleting, setDeleting] = useState(false);
  const router = useAppRouter();
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" className="sm:size-9" aria-label="More actions">
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem danger onSelect={() => setDeleting(true)}>
          <Trash2 aria-hidden /> Delete…
        </MenuItem>
      </Menu>
      {deleting && (
        <DeleteConnectionDialog
          connection={connection}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push("/connections")}
        />
      )}
    </>
  );
}
