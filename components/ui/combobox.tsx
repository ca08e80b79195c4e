"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown } from "lucide-react";
import { cn } from "@/lib/client/cn";
import { inputStyle } from "./input";
import { itemStyle, popupStyle } from "./popup-style";

interface ComboboxProps {
  id?: string;
  options: readonly string[];
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

/** Selects one of many options by typing. */
export function Combobox({ options, value, onChange, ...input }: ComboboxProps) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next: string | null) => next !== null && onChange(next)}
      limit={100}
      autoHighlight
    >
      <div className="relative">
        <Base.Input {...input} className={cn(inputStyle, "pr-9")} />
        <Base.Trigger
          aria-label="Show the list"
          className="absolute inset-y-0 right-0 flex w-9 items-center justify-center"
        >
          <ChevronsUpDown className="size-4 text-muted" aria-hidden />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-60">
          <Base.Popup className={comboboxPopup}>
            <Base.Empty className="px-3 py-2 text-muted empty:hidden">No matches.</Base.Empty>
            <Base.List>
              {(option: string) => (
                <Base.Item key={option} value={option} className={itemStyle}>
                  <Base.ItemIndicator className="absolute left-2">
                    <Check className="size-4" aria-hidden />
                  </Base.ItemIndicator>
                  {option}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export const comboboxPopup = cn(
  popupStyle,
  "max-h-[min(var(--available-height),20rem)] w-(--anchor-width) max-w-(--available-width) overflow-y-auto overscroll-contain",
);
