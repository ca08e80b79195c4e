"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatTime, plural } from "@/lib/client/format";
import { catchUpQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import type { Export } from "@/lib/schemas/export";
import { mayMissWindows } from "./may-miss-windows";
import { useCatchUp } from "./use-export-actions";

/** Offers to export what an active export missed. Renders nothing while a run is active or nothing is missing. */
export function MissedWindows({ value, live }: { value: Export; live: boolean }) {
  const mayManage = useMay("exports.manage");
  const idle = mayManage && !live && mayMissWindows(value);
  const missed = useQuery({ ...catchUpQuery(value.id), enabled: idle });
  const catchUp = useCatchUp(value);
  if (!idle || !missed.data) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-border border-t bg-warn-soft px-4 py-2.5">
      <p>
        {plural(missed.data.windows, "window")} since {formatTime(missed.data.start)}{" "}
        {missed.data.windows === 1 ? "wasn’t" : "weren’t"} exported.
      </p>
      <Button size="sm" onClick={() => catchUp.mutate()} pending={catchUp.isPending}>
        {!catchUp.isPending && <History aria-hidden />} Catch up
      </Button>
    </div>
  );
}
