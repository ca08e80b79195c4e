"use client";

import { useFormContext } from "react-hook-form";
import { SpecFields } from "@/components/spec-fields/spec-fields";
import { isVisible } from "@/components/spec-fields/visible";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { FieldSpec } from "@/lib/destinations/fields";
import { outlines } from "@/lib/destinations/outlines";
import type { Connection } from "@/lib/schemas/connection";
import type { ConnectionFieldsProps } from "../parts";
import { isSecret } from "./form";

/** The part of the form's values used here. */
interface Named {
  name: string;
}

/** The fields that a destination declares for its connections. Requires the connection's form as context. */
export function DeclaredConnectionFields({ type, stored }: ConnectionFieldsProps) {
  const { register, formState } = useFormContext<Named>();
  const { label, connection } = outlines[type].form;
  const hintOf = (spec: FieldSpec) => {
    if (!isSecret(type, spec)) return undefined;
    if (stored && isStored(spec, stored)) return "Leave it empty to keep the stored one.";
    const kept = "Encrypted before it is stored, and never shown again.";
    return spec.hint ? `${spec.hint.replace(/\.$/, "")}. ${kept}` : kept;
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Connection name" className="sm:col-span-2" error={formState.errors.name?.message}>
        {(control) => <Input {...control} placeholder={`Company ${label}`} {...register("name")} />}
      </Field>
      <SpecFields path="config" fields={connection} hintOf={hintOf} />
    </div>
  );
}

/** Whether a secret field is stored. Fields of another authentication method are not. */
const isStored = (spec: FieldSpec, { config, hasSecret }: Connection): boolean =>
  hasSecret && isVisible(spec, { ...config });
