"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Table, Th } from "@/components/ui/table";
import { meQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import type { Member } from "@/lib/schemas/organization";
import { MemberRow } from "./member-row";
import { RemoveMemberDialog } from "./remove-member-dialog";

export function MemberTable({ items }: { items: readonly Member[] }) {
  const { data: me } = useQuery(meQuery());
  const mayManage = useMay("people.manage");
  const [removing, setRemoving] = useState<Member | null>(null);
  if (!me) return null;
  return (
    <>
      <Table aria-label="Members">
        <thead className="max-sm:sr-only">
          <tr>
            <Th>Name</Th>
            <Th className="hidden md:table-cell">Last seen</Th>
            <Th className="hidden lg:table-cell">Member since</Th>
            <Th>Role</Th>
            {mayManage && (
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              mine={member.userId === me.user.id}
              myRole={me.role}
              mayManage={mayManage}
              onRemove={() => setRemoving(member)}
            />
          ))}
        </tbody>
      </Table>
      {removing && (
        <RemoveMemberDialog member={removing} mine={removing.userId === me.user.id} onClose={() => setRemoving(null)} />
      )}
    </>
  );
}
