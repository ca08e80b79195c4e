import type { ComponentProps } from "react";
import { cn } from "@/lib/client/cn";

/** The look that every field one types into shares. 16 px on phones, so that they don't zoom in. */
export const inputStyle =
  "h-11 w-full min-w-0 rounded-lg border border-border-strong bg-surface px-3 text-base shadow-raised transition-colors placeholder:text-muted hover:border-muted/60 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-bad-solid sm:h-9 sm:text-sm";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(inputStyle, className)} {...props} />;
}
