import { Answered, type OrganizationPageProps } from "@/app/_lib/answered";
import { GET as listInvitations } from "@/app/api/invitations/route";
import { GET as listMembers } from "@/app/api/members/route";
import { MembersPage } from "@/components/people/members-page";
import { invitationsQuery, membersQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Members" };

export default function Page({ params }: OrganizationPageProps) {
  return (
    <Answered
      params={params}
      asks={[
        [membersQuery(), listMembers],
        [invitationsQuery(), listInvitations],
      ]}
    >
      <MembersPage />
    </Answered>
  );
}
