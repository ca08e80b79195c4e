"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface NewLoginFieldsProps {
  name: UseFormRegisterReturn;
  password: UseFormRegisterReturn;
  errors: { name: string | undefined; password: string | undefined };
}

/** The name and password of a new login. */
export function NewLoginFields({ name, password, errors }: NewLoginFieldsProps) {
  return (
    <>
      <Field label="Your name" error={errors.name}>
        {(control) => <Input {...control} autoComplete="name" {...name} />}
      </Field>
      <Field label="Password" hint="At least 12 characters." error={errors.password}>
        {(control) => <Input {...control} type="password" autoComplete="new-password" {...password} />}
      </Field>
    </>
  );
}
