import { NewConnectionPage } from "@/components/connections/new-connection-page";
import { MayGate } from "@/components/ui/may-gate";

export const metadata = { title: "New connection" };

export default function Page() {
  return (
    <MayGate permission="connections.manage">
      <NewConnectionPage />
    </MayGate>
  );
}
