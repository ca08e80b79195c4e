"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { cn } from "@/lib/client/cn";
import type { ColumnChoice } from "@/lib/fields/columns";
import type { ColumnRow } from "./column-rows";

interface LineProps {
  row: ColumnRow;
  /** Null if the column is excluded. */
  choice: ColumnChoice | null;
  fixedNames: boolean;
  error: string | undefined;
  onInclude: (included: boolean) => void;
  onChange: (changes: Partial<ColumnChoice>) => void;
}

export function ColumnLine({ row, choice, fixedNames, error, onInclude, onChange }: LineProps) {
  const id = useId();
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="flex min-h-9 min-w-0 flex-1 items-center gap-2.5 max-sm:basis-full">
          <Checkbox id={id} checked={choice !== null} onChange={onInclude} />
          <label
            htmlFor={id}
            className={cn("break-all font-mono text-[0.8125rem]", !choice && "text-muted line-through")}
          >
            {row.name}
          </label>
          {row.tables.length > 0 && <span className="text-muted text-xs">{row.tables.join(", ")}</span>}
        </div>
        {choice && (
          <div className="flex items-center gap-4 max-sm:w-full max-sm:pl-6.5">
            <Input
              aria-label={`Name of ${row.name} in the files`}
              aria-invalid={error ? true : undefined}
              aria-describedby={error ? `${id}-error` : undefined}
              className="font-mono text-[0.8125rem] sm:w-52"
              placeholder={row.name}
              value={choice.as ?? ""}
              disabled={fixedNames}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => onChange({ as: event.currentTarget.value || null })}
            />
            {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control */}
            <label className="flex min-h-9 items-center gap-2 text-[0.8125rem]">
              <Switch aria-label={`Hash ${row.name}`} checked={choice.hash} onChange={(hash) => onChange({ hash })} />
              Hash
            </label>
          </div>
        )}
      </div>
      {error && <FieldError id={`${id}-error`} message={error} />}
    </li>
  );
}
