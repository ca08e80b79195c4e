"use client";

import { CirclePause } from "lucide-react";
import { usePause } from "@/components/exports/use-export-actions";
import { Button } from "@/components/ui/button";
import type { Conflicting } from "./conflicting-export";

/** Pauses the export that stands in the way, then tries again. */
export function PausesOther({ other, onPaused }: { other: Conflicting; onPaused: () => void }) {
  const pause = usePause(other);
  return (
    <Button onClick={() => pause.mutate(true, { onSuccess: onPaused })} pending={pause.isPending}>
      {!pause.isPending && <CirclePause aria-hidden />} Pause “{other.name}” and create
    </Button>
  );
}
