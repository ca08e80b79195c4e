import { NewConnectionPage } from "@/components/connections/new-connection-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "New connection" };

export default function Page() {
  return (
    <OnlyFor page permission="connections.manage">
      <NewConnectionPage />
    </OnlyFor>
  );
}
