import { ConnectionsPage } from "@/components/connections/connections-page";

export const metadata = { title: "Connections" };

export default function Page() {
  return <ConnectionsPage />;
}
