"use client";

import { useMay } from "@/lib/client/use-may";
import { Channels } from "./channels";
import { RecentAlerts } from "./recent-alerts";

/** Alert channels, and recent alerts. */
export function AlertsPage() {
  const mayManage = useMay("alerts.manage");
  return (
    <>
      {mayManage && <Channels />}
      <RecentAlerts />
    </>
  );
}
