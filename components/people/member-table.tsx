"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { DataTable } from "@/components/ui/data-table";
import { meQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import type { Member } from "@/lib/schemas/organization";
import { memberColumns } from "./member-columns";

const RemoveMemberDialog = dynamic(() => import("./remove-member-dialog").then((it) => it.RemoveMemberDialog), {
  loading: () => null,
});

export function MemberTable({ items }: { items: readonly Member[] }) {
  const { data: me } = useQuery(meQuery());
  const mayManage = useMay("people.manage");
  const [removing, setRemoving] = useState<Member | null>(null);
  if (!me) return null;
  return (
    <>
      <DataTable
        label="Members"
        columns={memberColumns(me, mayManage, setRemoving)}
        rows={items}
        keyOf={({ id }) => id}
      />
      {removing && (
        <RemoveMemberDialog member={removing} mine={removing.userId === me.user.id} onClose={() => setRemoving(null)} />
      )}
    </>
  );
}
