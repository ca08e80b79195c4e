"use client";

import { useQueryClient } from "@tanstack/react-query";
import { LogOut, UserMinus } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { membersQuery } from "@/lib/client/people-queries";
import { meQuery } from "@/lib/client/queries";
import { ROLE_WORDS } from "@/lib/client/role-words";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { Role } from "@/lib/permissions";
import type { Me } from "@/lib/schemas/me";
import type { Member } from "@/lib/schemas/organization";
import { RoleSelect } from "./role-select";

/** Columns of the member table. Only owners can change owners, and the last owner must remain one. */
export function memberColumns(me: Me, mayManage: boolean, onRemove: (member: Member) => void): Column<Member>[] {
  const mayChange = ({ role }: Member) => mayManage && (role !== "owner" || me.role === "owner");
  const isMine = ({ userId }: Member) => userId === me.user.id;
  const actions: Column<Member> = {
    header: "Actions",
    headerClass: "sr-only",
    className: "pr-2 max-sm:pl-0",
    cell: (member) =>
      mayChange(member) && <RemoveButton member={member} mine={isMine(member)} onClick={() => onRemove(member)} />,
  };
  return [
    { header: "Name", className: "w-full max-w-0 py-3", cell: (member) => nameCell(member, isMine(member)) },
    {
      header: "Last seen",
      from: "md",
      className: "whitespace-nowrap text-muted",
      cell: ({ lastSeenAt }) => <Seen at={lastSeenAt} />,
    },
    {
      header: "Member since",
      from: "lg",
      className: "whitespace-nowrap text-muted",
      cell: ({ createdAt }) => <RelativeTime value={createdAt} />,
    },
    {
      header: "Role",
      className: "whitespace-nowrap",
      cell: (member) =>
        mayChange(member) ? <ChangeRole member={member} myRole={me.role} /> : ROLE_WORDS[member.role].label,
    },
    ...(mayManage ? [actions] : []),
  ];
}

const nameCell = ({ name, email, lastSeenAt }: Member, mine: boolean) => (
  <>
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
      <Seen at={lastSeenAt} />
    </p>
  </>
);

function RemoveButton({ member: { name }, mine, onClick }: { member: Member; mine: boolean; onClick: () => void }) {
  return (
    <Button
      size="icon"
      variant="ghost"
      aria-label={mine ? "Leave the organization" : `Remove ${name}`}
      title={mine ? "Leave" : "Remove"}
      onClick={onClick}
    >
      {mine ? <LogOut aria-hidden /> : <UserMinus aria-hidden />}
    </Button>
  );
}

const Seen = ({ at }: { at: string | null }) =>
  at ? (
    <>
      <span className="md:sr-only">Seen </span>
      <RelativeTime value={at} />
    </>
  ) : (
    "Not seen recently"
  );

function ChangeRole({ member, myRole }: { member: Member; myRole: Role }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (role: Role) => ask("patchMember", { params: { id: member.id }, body: { role } }),
    onSuccess: async ({ name, role }) => {
      await Promise.all([queries.invalidateQueries(membersQuery()), queries.invalidateQueries(meQuery())]);
      toast.success(`${name} is ${ROLE_WORDS[role].label.toLowerCase()} now`);
    },
    // The message gives the reason, for example that an organization needs an owner.
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
