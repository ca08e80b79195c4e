import { InstallationPage } from "@/components/installation/installation-page";
import { OnlyFor } from "@/components/settings/only-for";

export const metadata = { title: "Installation" };

export default function Page() {
  return (
    <OnlyFor permission="installation.manage">
      <InstallationPage />
    </OnlyFor>
  );
}
