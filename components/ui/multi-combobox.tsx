"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { cn } from "@/lib/client/cn";
import { comboboxPopup } from "./combobox";
import { inputStyle } from "./input";
import { itemStyle } from "./popup-style";

interface MultiComboboxProps {
  id?: string;
  /** Known values, each with a note such as its count. Others may be typed. */
  options: readonly { value: string; note?: string }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  placeholder?: string;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

/** Selects any number of known or typed values. */
export function MultiCombobox({ options, value, onChange, placeholder, ...input }: MultiComboboxProps) {
  const [typed, setTyped] = useState("");
  const known = new Map(options.map((option) => [option.value, option.note]));
  const names = [...new Set([...known.keys(), ...value])];
  const fresh = typed.trim();
  const items = fresh === "" || names.includes(fresh) ? names : [...names, fresh];
  const choose = (next: string[]) => {
    onChange(next);
    setTyped("");
  };
  return (
    <Base.Root
      multiple
      items={items}
      value={value}
      onValueChange={choose}
      inputValue={typed}
      onInputValueChange={setTyped}
      limit={200}
      autoHighlight
    >
      <Base.InputGroup
        className={cn(
          inputStyle,
          "flex h-auto min-h-11 items-center px-1.5 py-1 focus-within:outline-2 focus-within:outline-ring sm:h-auto sm:min-h-9",
        )}
      >
        <Base.Chips className="flex w-full flex-wrap items-center gap-1">
          {value.map((name) => (
            <NameChip key={name} name={name} />
          ))}
          <Base.Input
            {...input}
            placeholder={value.length > 0 ? "" : placeholder}
            className="h-7 min-w-24 flex-1 bg-transparent px-1.5 outline-none placeholder:text-muted"
          />
        </Base.Chips>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-60">
          <Base.Popup className={comboboxPopup}>
            <Base.Empty className="px-3 py-2 text-muted empty:hidden">Type an event name.</Base.Empty>
            <Base.List>
              {(name: string) => (
                <NameItem
                  key={name}
                  name={name}
                  note={known.get(name)}
                  isNew={!known.has(name) && !value.includes(name)}
                />
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function NameChip({ name }: { name: string }) {
  return (
    <Base.Chip
      aria-label={name}
      className="flex h-7 max-w-full items-center gap-0.5 rounded-md bg-primary-soft pl-2 font-medium text-[0.8125rem] outline-none focus-within:ring-2 focus-within:ring-ring data-highlighted:ring-2 data-highlighted:ring-ring"
    >
      <span className="truncate">{name}</span>
      <Base.ChipRemove
        aria-label={`Remove ${name}`}
        className="flex size-7 items-center justify-center rounded-md text-muted hover:text-foreground"
      >
        <X className="size-3.5" aria-hidden />
      </Base.ChipRemove>
    </Base.Chip>
  );
}

function NameItem({ name, note, isNew }: { name: string; note: string | undefined; isNew: boolean }) {
  return (
    <Base.Item value={name} className={itemStyle}>
      <Base.ItemIndicator className="absolute left-2">
        <Check className="size-4" aria-hidden />
      </Base.ItemIndicator>
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 break-words">{isNew ? `Use “${name}”` : name}</span>
        {note && <span className="shrink-0 text-muted text-xs">{note}</span>}
      </span>
    </Base.Item>
  );
}
