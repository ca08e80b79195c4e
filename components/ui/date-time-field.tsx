"use client";

import { CalendarDays } from "lucide-react";
import { type ComponentProps, useRef, useState } from "react";
import { cn } from "@/lib/client/cn";
import { dateTimeText, parseDateTime } from "@/lib/client/date-time-text";
import { Button } from "./button";
import { Input } from "./input";

interface DateTimeFieldProps extends Omit<ComponentProps<"input">, "value" | "onChange" | "type"> {
  /** ISO 8601 in UTC, or null if empty. */
  value: string | null;
  onChange: (value: string | null) => void;
}

/**
 * Date and time in UTC, written as everywhere else in the app, with the browser's own calendar to choose from. A text
 * that is no time changes nothing, and gives way to the value when the field is left. The label must say UTC.
 */
export function DateTimeField({ value, onChange, onBlur, className, ...props }: DateTimeFieldProps) {
  const [typed, setTyped] = useState(dateTimeText(value));
  const [known, setKnown] = useState(value);
  // A value from outside, such as a quick range, replaces the typed one.
  if (known !== value) {
    setKnown(value);
    setTyped(dateTimeText(value));
  }
  const change = (text: string) => {
    setTyped(text);
    const next = parseDateTime(text);
    if (next === null && text.trim() !== "") return;
    setKnown(next);
    onChange(next);
  };
  return (
    <span className="relative block">
      <Input
        placeholder="YYYY-MM-DD HH:MM"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={(event) => {
          setTyped(dateTimeText(known));
          onBlur?.(event);
        }}
        className={cn("pr-11 tabular-nums sm:pr-9", className)}
        {...props}
      />
      <Calendar value={value} onChoose={change} />
    </span>
  );
}

/** The browser's calendar. Its own field stays hidden: it would write times as the browser's locale does. */
function Calendar({ value, onChoose }: { value: string | null; onChoose: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="datetime-local"
        aria-hidden
        tabIndex={-1}
        value={value === null ? "" : value.slice(0, 16)}
        onChange={(event) => onChoose(event.currentTarget.value)}
        className="pointer-events-none absolute bottom-0 left-0 h-px w-full opacity-0"
      />
      <Button
        variant="ghost"
        size="icon"
        className="absolute top-0 right-0 sm:top-0.5 sm:right-0.5"
        aria-label="Open the calendar"
        onClick={() => field.current?.showPicker()}
      >
        <CalendarDays className="text-muted" aria-hidden />
      </Button>
    </>
  );
}
