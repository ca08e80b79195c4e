"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { RunSheetProps } from "./run-sheet";
import { useView } from "./use-view";

const RunSheet = dynamic(() => import("./run-sheet").then((it) => it.RunSheet), { loading: () => null });

interface RunDrawerProps extends Omit<RunSheetProps, "id" | "open"> {
  runId: string | null;
}

/** A side drawer with everything about one run, open while the URL names a run. */
export function RunDrawer({ runId, onClose, onOpenRun, ...rest }: RunDrawerProps) {
  const [, setView] = useView();
  // Keeps the last run visible during the closing animation.
  const [shown, setShown] = useState(runId);
  if (runId !== null && runId !== shown) setShown(runId);
  if (shown === null) return null;
  // Each run opens with its overview.
  const close = () => {
    void setView(null);
    onClose();
  };
  const openRun = (id: string) => {
    void setView(null);
    onOpenRun(id);
  };
  return <RunSheet key={shown} id={shown} open={runId !== null} onClose={close} onOpenRun={openRun} {...rest} />;
}
