"use client";

import { useTheme } from "next-themes";
import type { CSSProperties } from "react";
import { Toaster } from "sonner";

// The library reads its colors from these properties; the style type allows only standard CSS properties.
const colours = {
  "--normal-bg": "var(--surface)",
  "--normal-border": "var(--border)",
  "--normal-text": "var(--foreground)",
  fontFamily: "var(--font-sans)",
} as CSSProperties;

/** Short messages in the page's colors. */
export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster position="bottom-right" closeButton theme={resolvedTheme === "dark" ? "dark" : "light"} style={colours} />
  );
}
