import { Answered, type OrganizationPageProps } from "@/app/_lib/answered";
import { GET as listAlertChannels } from "@/app/api/alert-channels/route";
import { GET as listAlerts } from "@/app/api/alerts/route";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { alertChannelsQuery, alertsQuery } from "@/lib/client/people-queries";

export const metadata = { title: "Alerts" };

export default function Page({ params }: OrganizationPageProps) {
  return (
    <Answered
      params={params}
      asks={[
        [alertChannelsQuery(), listAlertChannels],
        [alertsQuery(), listAlerts],
      ]}
    >
      <AlertsPage />
    </Answered>
  );
}
