"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { MailPlus, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { Paged } from "@/components/settings/paged";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { invitationsQuery } from "@/lib/client/people-queries";
import { ROLE_WORDS } from "@/lib/client/role-words";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Invitation } from "@/lib/schemas/organization";
import { InvitationLink } from "./invitation-link";

/** Pending invitations. */
export function Invitations() {
  const invitations = useInfiniteQuery(invitationsQuery());
  return (
    <Section title="Pending invitations">
      <Paged
        query={invitations}
        what="invitations"
        rows={1}
        empty={
          <EmptyState icon={<MailPlus aria-hidden />} title="No pending invitations" className="py-8">
            Pending invitations appear here.
          </EmptyState>
        }
      >
        {(items) => <DataTable label="Pending invitations" columns={columns} rows={items} keyOf={({ id }) => id} />}
      </Paged>
    </Section>
  );
}

const columns: Column<Invitation>[] = [
  {
    header: "Email",
    className: "w-full max-w-0 py-3",
    cell: ({ email, role, expiresAt }) => (
      <>
        <p className="truncate font-medium" title={email}>
          {email}
        </p>
        <p className="text-muted text-xs sm:hidden">
          {ROLE_WORDS[role].label}, ends <RelativeTime value={expiresAt} upcoming />
        </p>
      </>
    ),
  },
  { header: "Role", from: "sm", className: "whitespace-nowrap", cell: ({ role }) => ROLE_WORDS[role].label },
  {
    header: "Invited by",
    from: "md",
    className: "max-w-48 truncate text-muted",
    title: ({ invitedBy }) => invitedBy ?? undefined,
    cell: ({ invitedBy }) => invitedBy ?? "A former member",
  },
  {
    header: "Ends",
    from: "sm",
    className: "whitespace-nowrap text-muted",
    cell: ({ expiresAt }) => <RelativeTime value={expiresAt} upcoming />,
  },
  {
    header: "Actions",
    headerClass: "sr-only",
    className: "pr-2",
    cell: (invitation) => <InvitationActions invitation={invitation} />,
  },
];

function InvitationActions({ invitation: { id, email } }: { invitation: Invitation }) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries(invitationsQuery());
  const [revoking, setRevoking] = useState(false);
  const resend = useMutation({
    mutationFn: () => ask("resendInvitation", { params: { id } }),
    onSuccess: refresh,
    onError: (error) => toast.error(error.message),
  });
  const revoke = useMutation({
    mutationFn: () => ask("revokeInvitation", { params: { id } }),
    onSuccess: () => {
      toast.success(`Invitation for ${email} revoked`);
      return refresh();
    },
  });
  return (
    <div className="flex justify-end gap-1">
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Resend the invitation to ${email}`}
        pending={resend.isPending}
        onClick={() => resend.mutate()}
      >
        <Send aria-hidden /> <span className="max-sm:sr-only">Resend</span>
      </Button>
      <Button
        size="icon"
        variant="ghost"
        aria-label={`Revoke the invitation for ${email}`}
        title="Revoke"
        onClick={() => setRevoking(true)}
      >
        <Trash2 aria-hidden />
      </Button>
      {resend.data && (
        <Dialog open onOpenChange={() => resend.reset()} title="Invitation resent">
          <InvitationLink sent={resend.data} onClose={() => resend.reset()} />
        </Dialog>
      )}
      <ConfirmDialog
        open={revoking}
        onOpenChange={setRevoking}
        title={`Revoke the invitation for ${email}?`}
        confirmLabel="Revoke invitation"
        onConfirm={() => revoke.mutate()}
        pending={revoke.isPending}
        error={revoke.error?.message}
      >
        <p>Its link stops working immediately.</p>
      </ConfirmDialog>
    </div>
  );
}
