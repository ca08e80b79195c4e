"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { SwitchField } from "@/components/ui/switch-field";
import { Textarea } from "@/components/ui/textarea";
import type { FieldSpec } from "@/lib/destinations/fields";

interface SpecFieldProps {
  path: string;
  spec: FieldSpec;
  hint: string | undefined;
}

type Chosen = Required<Pick<FieldSpec, "options">> & FieldSpec;

/** One declared field, shown according to its kind. */
export function SpecField({ path, spec, hint }: SpecFieldProps) {
  const name = `${path}.${spec.name}`;
  if (spec.kind === "switch") return <SpecSwitch name={name} spec={spec} hint={hint} />;
  if (spec.options) return <SpecChoice name={name} spec={spec as Chosen} hint={hint} />;
  return <SpecInput name={name} spec={spec} hint={hint} />;
}

interface NamedProps<Spec = FieldSpec> {
  name: string;
  spec: Spec;
  hint: string | undefined;
}

function SpecInput({ name, spec, hint }: NamedProps) {
  const { register, getFieldState, formState } = useFormContext();
  const { kind, label, placeholder, optional } = spec;
  const shared = {
    placeholder,
    spellCheck: false,
    ...register(name, kind === "number" ? { valueAsNumber: true } : {}),
  };
  return (
    <Field
      label={optional ? `${label} (optional)` : label}
      error={getFieldState(name, formState).error?.message}
      hint={hint}
      className={kind === "textarea" ? "sm:col-span-2" : ""}
    >
      {(control) => {
        if (kind === "textarea") return <Textarea {...control} autoComplete="off" {...shared} />;
        if (kind === "secret") return <Input {...control} type="password" autoComplete="new-password" {...shared} />;
        if (kind === "number") return <Input {...control} type="number" inputMode="numeric" {...shared} />;
        return <Input {...control} autoComplete="off" {...shared} />;
      }}
    </Field>
  );
}

/** Options with explanations appear as cards, so that all are readable at once. */
function SpecChoice({ name, spec, hint }: NamedProps<Chosen>) {
  const explained = spec.options.some(({ note }) => note !== undefined);
  return (
    <Controller
      name={name}
      render={({ field, fieldState }) =>
        explained ? (
          <div className="flex flex-col gap-1.5 sm:col-span-2">
            <RadioCards label={spec.label} choices={spec.options} value={field.value} onChange={field.onChange} />
            {fieldState.error?.message && <FieldError message={fieldState.error.message} />}
          </div>
        ) : (
          <Field label={spec.label} error={fieldState.error?.message} hint={hint}>
            {(control) => (
              <Select {...control} options={spec.options} value={field.value ?? null} onChange={field.onChange} />
            )}
          </Field>
        )
      }
    />
  );
}

function SpecSwitch({ name, spec, hint }: NamedProps) {
  return (
    <Controller
      name={name}
      render={({ field }) => (
        <div className="sm:col-span-2">
          <SwitchField label={spec.label} hint={hint ?? ""} checked={Boolean(field.value)} onChange={field.onChange} />
        </div>
      )}
    />
  );
}
