import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { useProgress } from "@/lib/client/live/use-progress";
import { isActive, isBusy } from "@/lib/client/polling";
import { historicExportsQuery } from "@/lib/client/queries";
import type { Export } from "@/lib/schemas/export";

/**
 * Whether a run or historic export of the export is active. Follows their progress meanwhile; at the end, refetches all
 * of the export's data once.
 */
export function useLive({ id, ...value }: Export): boolean {
  const queries = useQueryClient();
  const historic = useQuery(historicExportsQuery(id));
  const live = isBusy(value) || (historic.data?.items.some(isActive) ?? false);
  useProgress(id, live);
  const wasLive = useRef(live);
  useEffect(() => {
    if (wasLive.current && !live) void refresh(queries, OF_EXPORTS, { id });
    wasLive.current = live;
  }, [live, id, queries]);
  return live;
}
