import { Answered } from "@/app/_lib/answered";
import { GET as getInstallation } from "@/app/api/installation/route";
import { InstallationPage } from "@/components/installation/installation-page";
import { OnlyFor } from "@/components/settings/only-for";
import { installationQuery } from "@/lib/client/queries";

export const metadata = { title: "Installation" };

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  const { organizationId } = await params;
  return (
    <Answered organizationId={organizationId} asks={[[installationQuery(), getInstallation]]}>
      <OnlyFor permission="installation.manage">
        <InstallationPage />
      </OnlyFor>
    </Answered>
  );
}
