"use client";

import { Switch as Base } from "@base-ui/react/switch";
import { cn } from "@/lib/client/cn";

interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
  className?: string;
}

export function Switch({ checked, onChange, className, ...props }: SwitchProps) {
  return (
    <Base.Root
      checked={checked}
      onCheckedChange={onChange}
      className={cn(
        "relative inline-flex h-5 w-9 shrink-0 items-center rounded-full bg-border-strong p-0.5 transition-colors before:absolute before:-inset-3 data-checked:bg-primary data-disabled:opacity-50 sm:before:-inset-1.5",
        className,
      )}
      {...props}
    >
      <Base.Thumb className="size-4 rounded-full bg-surface shadow-raised transition-transform data-checked:translate-x-4 dark:bg-foreground dark:data-checked:bg-on-primary" />
    </Base.Root>
  );
}
