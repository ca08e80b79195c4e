import { OpenOrganization } from "@/components/app/open-organization";

export const metadata = { title: "Opening" };

export default async function Page({ params }: { params: Promise<{ organizationId: string; path: string[] }> }) {
  return <OpenOrganization {...(await params)} />;
}
