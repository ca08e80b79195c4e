import { Answered, type OrganizationPageProps } from "@/app/_lib/answered";
import { GET as listAudit } from "@/app/api/audit-log/route";
import { GET as listMembers } from "@/app/api/members/route";
import { AuditPage } from "@/components/audit/audit-page";
import { OnlyFor } from "@/components/settings/only-for";
import { auditQuery, membersQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Audit log" };

export default function Page({ params }: OrganizationPageProps) {
  return (
    <Answered
      params={params}
      asks={[
        [auditQuery({}), listAudit],
        [membersQuery(), listMembers],
      ]}
    >
      <OnlyFor permission="audit.read">
        <AuditPage />
      </OnlyFor>
    </Answered>
  );
}
