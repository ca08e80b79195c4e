"use client";

import dynamic from "next/dynamic";
import { useState, useSyncExternalStore } from "react";
import { waitingToasts } from "@/lib/client/toast";

const Toaster = dynamic(() => import("./toaster").then((it) => it.ToasterInColors), { ssr: false });

const none = () => 0;

/** Short messages in the page's colors. */
export function Toasts() {
  const waiting = useSyncExternalStore(waitingToasts.subscribe, () => waitingToasts.get().length, none);
  const [isNeeded, setNeeded] = useState(false);
  if (waiting > 0 && !isNeeded) setNeeded(true);
  return isNeeded && <Toaster />;
}
