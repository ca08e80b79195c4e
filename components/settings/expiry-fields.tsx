"use client";

import { useState } from "react";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { DAY, MINUTE } from "@/lib/units";

const LIFETIMES = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "date", label: "Custom" },
  { value: "never", label: "Never" },
] as const;

type Lifetime = (typeof LIFETIMES)[number]["value"];

/** The time `days` days from now, to the minute. */
export const inDays = (days: number, now = Date.now()) =>
  new Date(Math.floor((now + days * DAY) / MINUTE) * MINUTE).toISOString();

interface ExpiryProps {
  value: string | null;
  onChange: (value: string | null) => void;
  error: string | undefined;
}

/** When a key expires; defaults to 90 days. */
export function ExpiryFields({ value, onChange, error }: ExpiryProps) {
  const [lifetime, setLifetime] = useState<Lifetime>("90");
  const choose = (next: Lifetime) => {
    setLifetime(next);
    if (next === "never") onChange(null);
    else if (next !== "date") onChange(inDays(Number(next)));
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label="Expires"
        error={lifetime === "date" ? undefined : error}
        hint={lifetime === "never" ? "Anyone who finds a key that never expires can use it at any time." : undefined}
      >
        {(control) => <Select {...control} options={LIFETIMES} value={lifetime} onChange={choose} />}
      </Field>
      {lifetime === "date" && (
        <Field label="Time (UTC)" error={error}>
          {(control) => <DateTimeField {...control} value={value} onChange={onChange} />}
        </Field>
      )}
    </div>
  );
}
