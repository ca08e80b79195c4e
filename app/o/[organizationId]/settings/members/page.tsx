import { Answered } from "@/app/_lib/answered";
import { GET as listInvitations } from "@/app/api/invitations/route";
import { GET as listMembers } from "@/app/api/members/route";
import { MembersPage } from "@/components/people/members-page";
import { invitationsQuery, membersQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Members" };

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  const { organizationId } = await params;
  return (
    <Answered
      organizationId={organizationId}
      asks={[
        [membersQuery(), listMembers],
        [invitationsQuery(), listInvitations],
      ]}
    >
      <MembersPage />
    </Answered>
  );
}
