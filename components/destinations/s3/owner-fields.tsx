"use client";

import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SwitchField } from "@/components/ui/switch-field";
import { ACLS } from "@/lib/destinations/s3/acls";
import type { S3Form } from "./form";

/** What a bucket of another account may require. */
export function OwnerFields() {
  const { formState, register, setValue, watch } = useFormContext<S3Form>();
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="mb-3 font-medium">Bucket in another account</legend>
      <Field
        label="Owner’s account ID (optional)"
        error={formState.errors.config?.expectedBucketOwner?.message}
        hint="Sent with every request, so Amazon rejects a bucket that belongs to another account."
      >
        {(control) => (
          <Input
            {...control}
            placeholder="123456789012"
            inputMode="numeric"
            autoComplete="off"
            {...register("config.expectedBucketOwner", { setValueAs: (value) => value || null })}
          />
        )}
      </Field>
      <SwitchField
        label="Full control for the bucket’s owner"
        hint="Gives each file the ACL bucket-owner-full-control, without which the owner of an “Object writer” bucket can’t read it. It needs s3:PutObjectAcl, and has no effect if Object Ownership is “Bucket owner enforced”."
        checked={watch("config.acl") !== null}
        onChange={(next) => setValue("config.acl", next ? ACLS[0] : null, { shouldDirty: true })}
      />
      <SwitchField
        label="Requester pays"
        hint="The writing account pays for requests and transfer, if the bucket’s owner requires it."
        checked={watch("config.requesterPays")}
        onChange={(next) => setValue("config.requesterPays", next, { shouldDirty: true })}
      />
    </fieldset>
  );
}
