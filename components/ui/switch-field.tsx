"use client";

import { type ReactNode, useId } from "react";
import { Switch } from "./switch";

interface SwitchFieldProps {
  label: string;
  hint: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Why it can't be turned on. */
  reason?: string | null;
}

/** A switch next to its description. */
export function SwitchField({ label, hint, checked, onChange, reason }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <Switch
        id={id}
        checked={checked}
        onChange={onChange}
        disabled={Boolean(reason) && !checked}
        aria-describedby={`${id}-hint`}
        className="mt-0.5"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium text-[0.8125rem]">
          {label}
        </label>
        <p id={`${id}-hint`} className="text-[0.8125rem] text-muted">
          {hint}
          {reason && <span className="block text-foreground">{reason}</span>}
        </p>
      </div>
    </div>
  );
}
