import type { ComponentProps } from "react";
import { cn } from "@/lib/client/cn";

/** The shared style of text fields. 16 px on phones prevents them from zooming in. */
export const inputStyle =
  "h-11 w-full min-w-0 rounded-lg border border-border-strong bg-surface px-3 text-base shadow-raised transition-colors placeholder:text-muted hover:border-muted/60 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-bad-solid sm:h-9 sm:text-sm";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(inputStyle, className)} {...props} />;
}
