import { Answered, type OrganizationPageProps } from "@/app/_lib/answered";
import { GET as getInstallation } from "@/app/api/installation/route";
import { InstallationPage } from "@/components/installation/installation-page";
import { OnlyFor } from "@/components/settings/only-for";
import { installationQuery } from "@/lib/client/queries";

export const metadata = { title: "Installation" };

export default function Page({ params }: OrganizationPageProps) {
  return (
    <Answered params={params} asks={[[installationQuery(), getInstallation]]}>
      <OnlyFor permission="installation.manage">
        <InstallationPage />
      </OnlyFor>
    </Answered>
  );
}
