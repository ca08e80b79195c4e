"use client";

import { Lock } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useRefusal } from "@/lib/client/use-may";
import type { Run } from "@/lib/schemas/run";

const AllowShrinkDialog = dynamic(() => import("./allow-shrink-dialog").then((it) => it.AllowShrinkDialog), {
  loading: () => null,
});

export interface AllowShrinkProps {
  run: Run;
  /** What the window has by its receipt, and at the source. */
  rows: { receipt: number; source: number };
  onRetried: (fresh: Run) => void;
}

/** Retries a run that would shrink its window, for those who may allow that. Others see who may. */
export function AllowShrink(props: AllowShrinkProps) {
  const [isOpen, setOpen] = useState(false);
  const refusal = useRefusal("windows.shrink");
  if (refusal === undefined) return null;
  if (refusal !== null)
    return (
      <p className="flex gap-2">
        <Lock className="mt-0.5 size-4 shrink-0" aria-hidden />
        {refusal}
      </p>
    );
  return (
    <>
      <Button size="sm" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Allow fewer rows…
      </Button>
      {isOpen && <AllowShrinkDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
