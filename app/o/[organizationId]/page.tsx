import { OrganizationStart } from "@/components/app/organization-start";

export const metadata = { title: "Exports" };

export default function Page() {
  return <OrganizationStart />;
}
