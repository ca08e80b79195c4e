"use client";

import { useTheme } from "next-themes";
import { type CSSProperties, useEffect, useSyncExternalStore } from "react";
import { Toaster, toast } from "sonner";
import { waitingToasts } from "@/lib/client/toast";

// The library reads its colors from these properties; the style type allows only standard CSS properties.
const colors = {
  "--normal-bg": "var(--surface)",
  "--normal-border": "var(--border)",
  "--normal-text": "var(--foreground)",
  fontFamily: "var(--font-sans)",
} as CSSProperties;

/** Draws the messages that wait, and all later ones. */
export function ToasterInColors() {
  const { resolvedTheme } = useTheme();
  const waiting = useSyncExternalStore(waitingToasts.subscribe, waitingToasts.get);
  // The toaster below listens by then: effects of children run first.
  useEffect(() => {
    if (waiting.length === 0) return;
    for (const { kind, message, options } of waitingToasts.take()) toast[kind](message, options);
  }, [waiting]);
  return (
    <Toaster position="bottom-right" closeButton theme={resolvedTheme === "dark" ? "dark" : "light"} style={colors} />
  );
}
