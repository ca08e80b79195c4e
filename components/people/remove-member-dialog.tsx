"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { atBase } from "@/lib/base-path";
import { ask } from "@/lib/client/api";
import { membersQuery } from "@/lib/client/people-queries";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Member } from "@/lib/schemas/organization";

interface RemoveMemberProps {
  member: Member;
  /** Whether users remove themselves. */
  mine: boolean;
  onClose: () => void;
}

/** Confirms before a member leaves or is removed. */
export function RemoveMemberDialog({ member, mine, onClose }: RemoveMemberProps) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => ask("removeMember", { params: { id: member.id } }),
    onSuccess: async () => {
      // The user no longer has access to the organization, so the app reloads.
      if (mine) return window.location.assign(atBase("/exports"));
      await queries.invalidateQueries(membersQuery());
      toast.success(`${member.name} is no longer a member`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={mine ? "Leave the organization?" : `Remove ${member.name}?`}
      confirmLabel={mine ? "Leave" : "Remove member"}
      cancelLabel={mine ? "Stay" : "Cancel"}
      onConfirm={() => remove.mutate()}
      pending={remove.isPending}
      error={remove.error?.message}
    >
      <p>
        {mine ? "You lose" : "They lose"} access immediately, and pending invitations that {mine ? "you" : "they"}{" "}
        created are revoked. Exports and connections are kept.
      </p>
      {member.apiKeys.length > 0 && (
        <>
          <p>
            {member.apiKeys.length === 1 ? "This API key stops" : "These API keys stop"} working, because{" "}
            {mine ? "you" : "they"} created {member.apiKeys.length === 1 ? "it" : "them"}:
          </p>
          <ul aria-label="API keys that stop working" className="list-disc pl-5">
            {member.apiKeys.map((name, index) => (
              // Names may repeat.
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while the dialog is open
              <li key={`${name} ${index}`}>{name}</li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
