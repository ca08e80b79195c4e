import { Answered } from "@/app/_lib/answered";
import { GET as getQuotas } from "@/app/api/organization/quotas/route";
import { GET as getOrganization } from "@/app/api/organization/route";
import { OrganizationPage } from "@/components/settings/organization-page";
import { organizationQuery, quotasQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Organization" };

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  const { organizationId } = await params;
  return (
    <Answered
      organizationId={organizationId}
      asks={[
        [organizationQuery(), getOrganization],
        [quotasQuery(), getQuotas],
      ]}
    >
      <OrganizationPage />
    </Answered>
  );
}
