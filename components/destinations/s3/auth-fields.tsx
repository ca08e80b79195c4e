"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import type { S3Form } from "./form";
import { Identity } from "./identity";

const WAYS = [
  { value: "keys", label: "Access keys", note: "A user’s key and its secret, which is stored encrypted." },
  { value: "role", label: "IAM role", note: "Penstock assumes your role. No secret is stored." },
  { value: "policy", label: "Bucket policy", note: "Your bucket policy lets Penstock’s principal write." },
] as const;

/** The identity that Penstock writes to the bucket as. */
export function AuthFields({ secretStored }: { secretStored: boolean }) {
  const form = useFormContext<S3Form>();
  const auth = form.watch("config.auth");
  return (
    <div className="flex flex-col gap-4">
      <Controller
        control={form.control}
        name="config.auth"
        render={({ field, fieldState }) => (
          <div className="flex flex-col gap-1.5">
            <RadioCards
              label="Authentication"
              choices={WAYS}
              value={field.value}
              onChange={field.onChange}
              className="sm:grid-cols-3"
            />
            {fieldState.error?.message && <FieldError message={fieldState.error.message} />}
          </div>
        )}
      />
      {auth === "keys" && <KeyFields secretStored={secretStored} />}
      {auth === "role" && (
        <>
          <Field
            label="Role ARN"
            error={form.formState.errors.config?.roleArn?.message}
            hint="A role that trusts Penstock’s principal and requires the external ID below."
          >
            {(control) => (
              <Input
                {...control}
                placeholder="arn:aws:iam::123456789012:role/penstock"
                className="font-mono text-[0.8125rem]"
                spellCheck={false}
                autoComplete="off"
                {...form.register("config.roleArn")}
              />
            )}
          </Field>
          <Identity auth="role" />
        </>
      )}
      {auth === "policy" && <Identity auth="policy" />}
    </div>
  );
}

function KeyFields({ secretStored }: { secretStored: boolean }) {
  const form = useFormContext<S3Form>();
  const { errors } = form.formState;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Access key ID" error={errors.config?.accessKeyId?.message}>
        {(control) => <Input {...control} autoComplete="off" {...form.register("config.accessKeyId")} />}
      </Field>
      <Field
        label="Secret access key"
        error={errors.config?.secretAccessKey?.message}
        hint={
          secretStored
            ? "Leave it empty to keep the stored one."
            : "Encrypted before it is stored, and never shown again."
        }
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            {...form.register("config.secretAccessKey")}
          />
        )}
      </Field>
    </div>
  );
}
