import { InBrowser } from "@/components/app/in-browser";
import { NewConnectionPage } from "@/components/connections/new-connection-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "New connection" };

export default function Page() {
  return (
    <OnlyFor page permission="connections.manage">
      <InBrowser>
        <NewConnectionPage />
      </InBrowser>
    </OnlyFor>
  );
}
