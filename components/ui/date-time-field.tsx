"use client";

import { type ComponentProps, useState } from "react";
import { Input } from "./input";

interface DateTimeFieldProps extends Omit<ComponentProps<"input">, "value" | "onChange" | "type"> {
  /** ISO 8601 in UTC, or null if empty. */
  value: string | null;
  onChange: (value: string | null) => void;
}

const asTyped = (value: string | null) => (value === null ? "" : value.slice(0, 16));

/** Date and time in UTC, with the browser's own picker. The label must say UTC. */
export function DateTimeField({ value, onChange, ...props }: DateTimeFieldProps) {
  const [typed, setTyped] = useState(asTyped(value));
  const [known, setKnown] = useState(value);
  // A value from outside, such as a quick range, replaces the typed one.
  if (known !== value) {
    setKnown(value);
    setTyped(asTyped(value));
  }
  const change = (text: string) => {
    const time = Date.parse(`${text}:00Z`);
    const next = Number.isNaN(time) ? null : new Date(time).toISOString();
    setTyped(text);
    setKnown(next);
    onChange(next);
  };
  return (
    <Input type="datetime-local" value={typed} onChange={(event) => change(event.currentTarget.value)} {...props} />
  );
}
