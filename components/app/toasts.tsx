"use client";

import { useTheme } from "next-themes";
import type { CSSProperties } from "react";
import { Toaster } from "sonner";

// The library reads its colours from these; the type of a style knows only the properties of CSS itself.
const colours = {
  "--normal-bg": "var(--surface)",
  "--normal-border": "var(--border)",
  "--normal-text": "var(--foreground)",
  fontFamily: "var(--font-sans)",
} as CSSProperties;

/** Where short messages appear, in the colours of the page. */
export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster position="bottom-right" closeButton theme={resolvedTheme === "dark" ? "dark" : "light"} style={colours} />
  );
}
