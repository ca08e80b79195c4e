import { Answered } from "@/app/_lib/answered";
import { GET as listAlertChannels } from "@/app/api/alert-channels/route";
import { GET as listAlerts } from "@/app/api/alerts/route";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { alertChannelsQuery, alertsQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Alerts" };

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  const { organizationId } = await params;
  return (
    <Answered
      organizationId={organizationId}
      asks={[
        [alertChannelsQuery(), listAlertChannels],
        [alertsQuery(), listAlerts],
      ]}
    >
      <AlertsPage />
    </Answered>
  );
}
