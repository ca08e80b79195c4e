"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useWindow, windowText } from "./use-window";
import type { WindowSheetProps } from "./window-sheet";

const WindowSheet = dynamic(() => import("./window-sheet").then((it) => it.WindowSheet), { loading: () => null });

/** A side drawer with one window's attempts, receipt, and checks, open while the URL names a window. */
export function WindowDrawer(props: Omit<WindowSheetProps, "bounds" | "open">) {
  const [bounds] = useWindow();
  // Keeps the last window visible during the closing animation.
  const [shown, setShown] = useState(bounds);
  if (bounds !== null && (shown === null || windowText(bounds) !== windowText(shown))) setShown(bounds);
  if (shown === null) return null;
  return <WindowSheet bounds={shown} open={bounds !== null} {...props} />;
}
