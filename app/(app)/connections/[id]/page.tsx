import { ConnectionPage } from "@/components/connections/connection-page";

export const metadata = { title: "Connection" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ConnectionPage id={(await params).id} />;
}
