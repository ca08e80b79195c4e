"use client";

import { useQuery } from "@tanstack/react-query";
import { alertChannelsQuery } from "@/lib/client/people-queries";
import { useMay } from "@/lib/client/use-may";
import { Channels } from "./channels";
import { RecentAlerts } from "./recent-alerts";

/** Alert channels, and recent alerts. */
export function AlertsPage() {
  const mayManage = useMay("alerts.manage");
  const channels = useQuery({ ...alertChannelsQuery(), enabled: mayManage });
  return (
    <>
      {mayManage && <Channels />}
      {/* Asks at once, and shows below channels once they are there: it would be moved. */}
      <div hidden={mayManage && channels.isPending}>
        <RecentAlerts />
      </div>
    </>
  );
}
