"use client";

import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import type { S3Destination } from "@/lib/schemas/destination";
import type { CreateExport } from "@/lib/schemas/export";
import { KeyExample } from "./key-example";
import { PrefixField } from "./prefix-field";

const COMPRESSION_CHOICES = [
  { value: "gzip", label: "gzip", note: "A fraction of the size; every reader knows it." },
  { value: "none", label: "None", note: "Plain .jsonl, readable as it lies there." },
] as const;

const ENCRYPTION_OPTIONS = [
  { value: "none", label: "The bucket’s default" },
  { value: "AES256", label: "SSE-S3 (AES256)" },
  { value: "aws:kms", label: "SSE-KMS (aws:kms)" },
] as const;

/** How the files are named, written and protected. */
export function FilesFields() {
  const { register, formState } = useFormContext<CreateExport>();
  const errors = formState.errors.destination;
  return (
    <div className="flex flex-col gap-5">
      <PrefixField />
      <KeyExample />
      <Controller<CreateExport, "destination.compression">
        name="destination.compression"
        render={({ field }) => (
          <RadioCards
            label="Compression of the JSON lines"
            choices={COMPRESSION_CHOICES}
            value={field.value}
            onChange={field.onChange}
          />
        )}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Largest file, in MB"
          error={errors?.maxFileSizeMb?.message}
          hint="Uncompressed. Larger intervals are cut into several files."
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={1}
              max={5120}
              {...register("destination.maxFileSizeMb", { valueAsNumber: true })}
            />
          )}
        </Field>
        <EncryptionFields />
      </div>
    </div>
  );
}

function EncryptionFields() {
  const { register, watch, setValue, formState } = useFormContext<CreateExport>();
  const encryption = watch("destination.encryption");
  const choose = (next: S3Destination["encryption"]) => {
    setValue("destination.encryption", next, { shouldDirty: true });
    // The schema takes a key id exactly with KMS.
    if (next !== "aws:kms") setValue("destination.kmsKeyId", null, { shouldDirty: true, shouldValidate: true });
  };
  return (
    <>
      <Field label="Encryption at rest">
        {({ id }) => <Select id={id} options={ENCRYPTION_OPTIONS} value={encryption} onChange={choose} />}
      </Field>
      {encryption === "aws:kms" && (
        <Field
          label="KMS key ID"
          className="sm:col-span-2"
          error={formState.errors.destination?.kmsKeyId?.message}
          hint="Its id, ARN or alias. The connection’s key needs kms:GenerateDataKey on it."
        >
          {(control) => (
            <Input
              {...control}
              placeholder="arn:aws:kms:eu-central-1:123456789012:key/…"
              {...register("destination.kmsKeyId", { setValueAs: (value) => value || null })}
            />
          )}
        </Field>
      )}
    </>
  );
}
