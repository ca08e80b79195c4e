"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { LogOut, UserMinus } from "lucide-react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Td, Tr } from "@/components/ui/table";
import { RelativeTime } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { membersQuery } from "@/lib/client/people-queries";
import { meQuery } from "@/lib/client/queries";
import { ROLE_WORDS } from "@/lib/client/role-words";
import type { Role } from "@/lib/permissions";
import type { Member } from "@/lib/schemas/organization";
import { RoleSelect } from "./role-select";

interface MemberRowProps {
  member: Member;
  /** The one who looks at it. */
  mine: boolean;
  myRole: Role;
  mayManage: boolean;
  onRemove: () => void;
}

/** One member; only owners change owners, and the last owner stays one. */
export function MemberRow({ member, mine, myRole, mayManage, onRemove }: MemberRowProps) {
  const mayChange = mayManage && (member.role !== "owner" || myRole === "owner");
  const { name, email } = member;
  return (
    <Tr>
      <Td className="w-full max-w-0 py-3">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium" title={name}>
            {name}
          </span>
          {mine && <Badge tone="idle">You</Badge>}
        </p>
        <p className="truncate text-muted text-xs" title={email}>
          {email}
        </p>
        <p className="text-muted text-xs md:hidden">
          <Seen at={member.lastSeenAt} />
        </p>
      </Td>
      <Td className="hidden whitespace-nowrap text-muted md:table-cell">
        <Seen at={member.lastSeenAt} />
      </Td>
      <Td className="hidden whitespace-nowrap text-muted lg:table-cell">
        <RelativeTime value={member.createdAt} />
      </Td>
      <Td className="whitespace-nowrap">
        {mayChange ? <ChangeRole member={member} myRole={myRole} /> : ROLE_WORDS[member.role].label}
      </Td>
      {mayManage && (
        <Td className="pr-2 max-sm:pl-0">
          {mayChange && (
            <Button
              size="icon"
              variant="ghost"
              aria-label={mine ? "Leave the organization" : `Remove ${name}`}
              title={mine ? "Leave" : "Remove"}
              onClick={onRemove}
            >
              {mine ? <LogOut aria-hidden /> : <UserMinus aria-hidden />}
            </Button>
          )}
        </Td>
      )}
    </Tr>
  );
}

const Seen = ({ at }: { at: string | null }) =>
  at ? (
    <>
      <span className="md:sr-only">Seen </span>
      <RelativeTime value={at} />
    </>
  ) : (
    "Not seen lately"
  );

function ChangeRole({ member, myRole }: { member: Member; myRole: Role }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (role: Role) => ask("patchMember", { params: { id: member.id }, body: { role } }),
    onSuccess: async ({ name, role }) => {
      await Promise.all([queries.invalidateQueries(membersQuery()), queries.invalidateQueries(meQuery())]);
      toast.success(`${name} is ${ROLE_WORDS[role].label.toLowerCase()} now`);
    },
    // The sentence names the reason, such as that an organization needs an owner.
    onError: (error) => toast.error(error.message),
  });
  return (
    <RoleSelect
      aria-label={`Role of ${member.name}`}
      className="w-28"
      value={change.isPending ? change.variables : member.role}
      myRole={myRole}
      disabled={change.isPending}
      onChange={(role) => role !== member.role && change.mutate(role)}
    />
  );
}
