"use client";

import { useMay } from "@/lib/client/use-may";
import { Channels } from "./channels";
import { RecentAlerts } from "./recent-alerts";

/** Where alerts go, and what was told lately. */
export function AlertsPage() {
  const mayManage = useMay("alerts.manage");
  return (
    <>
      {mayManage && <Channels />}
      <RecentAlerts />
    </>
  );
}
