"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { UserPlus, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Paged } from "@/components/settings/paged";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { membersQuery } from "@/lib/client/people-queries";
import { useMay } from "@/lib/client/use-may";
import { Invitations } from "./invitations";
import { MemberTable } from "./member-table";

const InviteDialog = dynamic(() => import("./invite-dialog").then((it) => it.InviteDialog), { loading: () => null });

/** The organization's members and pending invitations. */
export function MembersPage() {
  const members = useInfiniteQuery(membersQuery());
  const mayManage = useMay("people.manage");
  const [inviting, setInviting] = useState(false);
  return (
    <>
      <Section
        title="Members"
        description="Viewers read, members run and retry, admins manage, owners delete."
        action={
          mayManage && (
            <Button variant="primary" onClick={() => setInviting(true)}>
              <UserPlus aria-hidden /> Invite
            </Button>
          )
        }
      >
        <Paged query={members} what="members" empty={<EmptyState icon={<Users aria-hidden />} title="No members" />}>
          {(items) => <MemberTable items={items} />}
        </Paged>
      </Section>
      {/* Asks at once, and shows below members once they are there: it would be moved. */}
      {mayManage && (
        <div hidden={members.isPending}>
          <Invitations />
        </div>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}
