"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/client/cn";
import { inputStyle } from "./input";
import { itemStyle, popupStyle } from "./popup-style";

export interface Option<T extends string> {
  value: T;
  label: string;
  /** A second, quieter line in the list. */
  note?: ReactNode;
  disabled?: boolean;
}

interface SelectProps<T extends string> {
  options: readonly Option<T>[];
  value: T | null;
  onChange: (value: T) => void;
  placeholder?: string;
  className?: string;
  disabled?: boolean;
  id?: string;
  "aria-label"?: string;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

/** Selects one of a few options. */
export function Select<T extends string>({
  options,
  value,
  onChange,
  placeholder,
  disabled,
  ...props
}: SelectProps<T>) {
  const { className, ...trigger } = props;
  return (
    <Base.Root
      items={options}
      value={value}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next as T)}
    >
      <Base.Trigger
        {...trigger}
        className={cn(inputStyle, "flex items-center justify-between gap-2 text-left", className)}
      >
        <Base.Value className="truncate data-placeholder:text-muted" placeholder={placeholder} />
        <Base.Icon>
          <ChevronsUpDown className="size-4 text-muted" aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-60">
          <Base.Popup className={cn(popupStyle, "max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto")}>
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled}
                  // Readable even if disabled, because its note says why.
                  className={cn(
                    itemStyle,
                    option.disabled && "cursor-not-allowed text-muted data-disabled:opacity-100",
                  )}
                >
                  <Base.ItemIndicator className="absolute left-2">
                    <Check className="size-4" aria-hidden />
                  </Base.ItemIndicator>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.note && (
                    <span className={cn("text-xs", option.disabled ? "text-foreground" : "text-muted")}>
                      {option.note}
                    </span>
                  )}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
