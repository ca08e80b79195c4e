import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { isActive, LIVE_MS } from "@/lib/client/polling";
import { exportQuery, historicExportsQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";

/**
 * Whether a run or historic export of the export is active. Polls the export meanwhile; at the end, refetches all of
 * its data once.
 */
export function useLive({ id, activeRuns }: Export): boolean {
  const queries = useQueryClient();
  const historic = useQuery(historicExportsQuery(id));
  const live = activeRuns > 0 || (historic.data?.items.some(isActive) ?? false);
  useQuery({ ...exportQuery(id), refetchInterval: live ? LIVE_MS : false });
  const wasLive = useRef(live);
  useEffect(() => {
    if (wasLive.current && !live) void refresh(queries, OF_EXPORTS, { id });
    wasLive.current = live;
  }, [live, id, queries]);
  return live;
}
