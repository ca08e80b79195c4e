import type { ComponentProps } from "react";
import { cn } from "@/lib/client/cn";
import { inputStyle } from "./input";

/** A multiline, monospaced field for keys and certificates. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={5}
      className={cn(inputStyle, "h-auto resize-y py-2 font-mono text-[0.8125rem] sm:h-auto", className)}
      {...props}
    />
  );
}
