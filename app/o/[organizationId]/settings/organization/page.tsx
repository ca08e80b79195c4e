import { Answered, type OrganizationPageProps } from "@/app/_lib/answered";
import { GET as getQuotas } from "@/app/api/organization/quotas/route";
import { GET as getOrganization } from "@/app/api/organization/route";
import { OrganizationPage } from "@/components/settings/organization-page";
import { organizationQuery, quotasQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Organization" };

export default function Page({ params }: OrganizationPageProps) {
  return (
    <Answered
      params={params}
      asks={[
        [organizationQuery(), getOrganization],
        [quotasQuery(), getQuotas],
      ]}
    >
      <OrganizationPage />
    </Answered>
  );
}
