"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  id?: string;
  "aria-label"?: string;
}

export function Checkbox({ checked, onChange, ...props }: CheckboxProps) {
  return (
    <Base.Root
      checked={checked}
      onCheckedChange={onChange}
      className="relative flex size-4 shrink-0 items-center justify-center rounded border border-border-strong bg-surface before:absolute before:-inset-3 data-checked:border-primary data-checked:bg-primary sm:before:-inset-1.5"
      {...props}
    >
      <Base.Indicator className="text-on-primary">
        <Check className="size-3" strokeWidth={3} aria-hidden />
      </Base.Indicator>
    </Base.Root>
  );
}
