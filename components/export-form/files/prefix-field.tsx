"use client";

import { useRef } from "react";
import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PREFIX_VARIABLES } from "@/lib/rows/layouts/prefix";
import type { FilesExport } from "./files-export";

/** The key prefix. A click on a variable inserts it at the cursor. */
export function PrefixField() {
  const { register, getValues, setValue, formState } = useFormContext<FilesExport>();
  const input = useRef<HTMLInputElement | null>(null);
  const { ref, ...field } = register("destination.prefix");
  const problem = formState.errors.destination?.prefix?.message;
  const insert = (variable: string) => {
    const text = getValues("destination.prefix");
    const start = input.current?.selectionStart ?? text.length;
    const end = input.current?.selectionEnd ?? text.length;
    const next = `${text.slice(0, start)}{${variable}}${text.slice(end)}`;
    setValue("destination.prefix", next, { shouldDirty: true, shouldValidate: true });
    const caret = start + variable.length + 2;
    input.current?.focus();
    input.current?.setSelectionRange(caret, caret);
  };
  return (
    <Field
      label="Key prefix"
      error={problem}
      hint="Added before every file name. End it with / to create a folder. Variables use the start of the window, in UTC."
    >
      {(control) => (
        <>
          <Input
            {...control}
            {...field}
            ref={(element) => {
              ref(element);
              input.current = element;
            }}
            className="font-mono text-[0.8125rem]"
            spellCheck={false}
            autoComplete="off"
          />
          <fieldset className="flex flex-wrap gap-1.5">
            <legend className="sr-only">Insert a variable</legend>
            {PREFIX_VARIABLES.map((variable) => (
              <button
                key={variable}
                type="button"
                onClick={() => insert(variable)}
                className="h-11 rounded-md border border-border bg-sunken px-2 font-mono text-muted text-xs transition-colors hover:border-border-strong hover:text-foreground sm:h-7"
              >
                {`{${variable}}`}
              </button>
            ))}
          </fieldset>
        </>
      )}
    </Field>
  );
}
