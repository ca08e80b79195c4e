"use client";

import { useTheme } from "next-themes";
import { Toaster } from "sonner";

/** Where short messages appear, in the colours of the page. */
export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      position="bottom-right"
      closeButton
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      style={{
        "--normal-bg": "var(--surface)",
        "--normal-border": "var(--border)",
        "--normal-text": "var(--foreground)",
        fontFamily: "var(--font-sans)",
      }}
    />
  );
}
