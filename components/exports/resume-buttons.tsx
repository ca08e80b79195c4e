"use client";

import { useQuery } from "@tanstack/react-query";
import { CirclePlay, History } from "lucide-react";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/client/format";
import { catchUpQuery } from "@/lib/client/queries";
import { useMay } from "@/lib/client/use-may";
import type { Export } from "@/lib/schemas/export";
import { useCatchUp, usePause } from "./use-export-actions";

/** Resumes a paused export from now on, or also exports what it missed. */
export function ResumeButtons({ value }: { value: Export }) {
  const mayManage = useMay("exports.manage");
  const pause = usePause(value);
  const catchUp = useCatchUp(value);
  const missed = useQuery({ ...catchUpQuery(value.id), enabled: mayManage });
  if (!mayManage) return null;
  const busy = pause.isPending || catchUp.isPending;
  return (
    <div className="mt-1 flex flex-wrap gap-2">
      {missed.data && (
        <Button
          size="sm"
          variant="primary"
          onClick={() => catchUp.mutate()}
          pending={catchUp.isPending}
          disabled={busy}
        >
          {!catchUp.isPending && <History aria-hidden />} Resume and catch up {plural(missed.data.windows, "window")}
        </Button>
      )}
      <Button size="sm" onClick={() => pause.mutate(false)} pending={pause.isPending} disabled={busy}>
        {!pause.isPending && <CirclePlay aria-hidden />} Resume
      </Button>
    </div>
  );
}
