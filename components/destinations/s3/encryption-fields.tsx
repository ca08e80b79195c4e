"use client";

import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SwitchField } from "@/components/ui/switch-field";
import { usesKms } from "@/lib/destinations/s3/encryptions";
import type { S3Destination } from "@/lib/destinations/s3/settings";
import type { CreateExport } from "@/lib/schemas/export";
import { encryptionWords } from "./encryption-words";

/** Form values of an export to S3. */
type S3Export = Omit<CreateExport, "destination"> & { destination: S3Destination };

const OPTIONS = (Object.keys(encryptionWords) as S3Destination["encryption"][]).map((value) => ({
  value,
  label: encryptionWords[value],
}));

/** The encryption that the storage applies. */
export function EncryptionFields() {
  const { watch, setValue } = useFormContext<S3Export>();
  const encryption = watch("destination.encryption");
  const choose = (next: S3Destination["encryption"]) => {
    setValue("destination.encryption", next, { shouldDirty: true });
    // The schema allows a key id only with KMS, and a bucket key only with a single layer.
    if (next !== "aws:kms") setValue("destination.bucketKeyEnabled", false, { shouldDirty: true });
    if (!usesKms(next)) setValue("destination.kmsKeyId", null, { shouldDirty: true, shouldValidate: true });
  };
  return (
    <>
      <Field
        label="Encryption at rest"
        hint={
          encryption === "none"
            ? undefined
            : "Every receipt records the encryption that the storage reported, and says so if the storage ignored this setting."
        }
      >
        {(control) => <Select {...control} options={OPTIONS} value={encryption} onChange={choose} />}
      </Field>
      {usesKms(encryption) && <KmsFields />}
    </>
  );
}

function KmsFields() {
  const { register, watch, setValue, formState } = useFormContext<S3Export>();
  return (
    <>
      <Field
        label="KMS key ID (optional)"
        className="sm:col-span-2"
        error={formState.errors.destination?.kmsKeyId?.message}
        hint="Its ID, ARN, or alias. The connection’s credentials need kms:GenerateDataKey and kms:Decrypt on it. If empty, Amazon uses the account’s aws/s3 key, which other accounts can’t use to read the files."
      >
        {(control) => (
          <Input
            {...control}
            placeholder="arn:aws:kms:eu-central-1:123456789012:key/…"
            {...register("destination.kmsKeyId", { setValueAs: (value) => value || null })}
          />
        )}
      </Field>
      {watch("destination.encryption") === "aws:kms" && (
        <div className="sm:col-span-2">
          <SwitchField
            label="Bucket key"
            hint="The bucket reuses its own key for a while, which means fewer KMS requests and lower cost."
            checked={watch("destination.bucketKeyEnabled")}
            onChange={(next) => setValue("destination.bucketKeyEnabled", next, { shouldDirty: true })}
          />
        </div>
      )}
    </>
  );
}
