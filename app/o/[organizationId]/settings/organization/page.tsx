import { OrganizationPage } from "@/components/settings/organization-page";

export const metadata = { title: "Organization" };

export default function Page() {
  return <OrganizationPage />;
}
