"use client";

import { type ComponentProps, useState } from "react";
import { Input } from "./input";

interface DateTimeFieldProps extends Omit<ComponentProps<"input">, "value" | "onChange" | "type"> {
  /** A moment as ISO-8601 UTC, or null while there is none. */
  value: string | null;
  onChange: (value: string | null) => void;
}

const asTyped = (value: string | null) => (value === null ? "" : value.slice(0, 16));

/** A date and a time of day in UTC, by the browser's own picker; its label has to say UTC. */
export function DateTimeField({ value, onChange, ...props }: DateTimeFieldProps) {
  const [typed, setTyped] = useState(asTyped(value));
  const [known, setKnown] = useState(value);
  // A value that comes from outside, such as a quick range, replaces what is typed.
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
