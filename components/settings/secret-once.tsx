"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A secret to copy, visible only now. */
export function SecretOnce({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <Field label={label} hint={note}>
      {(control) => (
        <div className="flex items-center gap-1">
          <Input
            {...control}
            readOnly
            value={value}
            onFocus={(event) => event.currentTarget.select()}
            className="font-mono sm:text-xs"
          />
          <CopyButton text={value} label="Copy" />
        </div>
      )}
    </Field>
  );
}
