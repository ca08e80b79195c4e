"use client";

import { useState } from "react";
import { Controller, useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import type { ConnectionFieldsProps } from "../parts";
import { AuthFields } from "./auth-fields";
import type { S3Form } from "./form";
import { OwnerFields } from "./owner-fields";
import { endpointFor, PROVIDERS, type Provider, providerOf } from "./providers";

/** A bucket's location and credentials. Requires the connection's form as context. */
export function BucketFields({ stored }: ConnectionFieldsProps) {
  const form = useFormContext<S3Form>();
  const { errors } = form.formState;
  const [provider, setProvider] = useState<Provider>(() => providerOf(form.getValues("config.endpoint")));
  const chosen = PROVIDERS.find(({ value }) => value === provider) ?? PROVIDERS[0];
  const choose = (next: Provider) => {
    const preset = PROVIDERS.find(({ value }) => value === next) ?? PROVIDERS[0];
    setProvider(next);
    form.setValue("config.region", preset.region, { shouldDirty: true });
    form.setValue("config.forcePathStyle", preset.forcePathStyle, { shouldDirty: true });
    form.setValue("config.endpoint", endpointFor(next, form.getValues("config.endpoint")), { shouldDirty: true });
    // Other storages have no such options, or refuse them.
    form.setValue("config.acl", null, { shouldDirty: true });
    form.setValue("config.expectedBucketOwner", null, { shouldDirty: true });
    form.setValue("config.requesterPays", false, { shouldDirty: true });
  };
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Connection name" error={errors.name?.message}>
          {(control) => <Input {...control} placeholder="Company data lake" {...form.register("name")} />}
        </Field>
        <Field label="Provider">
          {({ id }) => <Select id={id} options={PROVIDERS} value={provider} onChange={choose} />}
        </Field>
        <Field label="Bucket" error={errors.config?.bucket?.message}>
          {(control) => <Input {...control} placeholder="my-analytics" {...form.register("config.bucket")} />}
        </Field>
        <Field label="Region" error={errors.config?.region?.message}>
          {(control) => <Input {...control} placeholder={chosen.region} {...form.register("config.region")} />}
        </Field>
        {provider !== "aws" && <EndpointFields placeholder={chosen.endpoint ?? ""} />}
        <Field
          label="Folder (optional)"
          className="sm:col-span-2"
          error={errors.config?.prefix?.message}
          hint="Penstock writes everything for this connection to this folder, so a policy can be limited to it."
        >
          {(control) => (
            <Input
              {...control}
              placeholder="exports/penstock/"
              className="font-mono text-[0.8125rem]"
              spellCheck={false}
              autoComplete="off"
              {...form.register("config.prefix")}
            />
          )}
        </Field>
      </div>
      <AuthFields secretStored={stored?.hasSecret ?? false} />
      {(provider === "aws" || provider === "other") && <OwnerFields />}
    </div>
  );
}

function EndpointFields({ placeholder }: { placeholder: string }) {
  const form = useFormContext<S3Form>();
  return (
    <>
      <Field label="Endpoint" error={form.formState.errors.config?.endpoint?.message} className="sm:col-span-2">
        {(control) => (
          <Input
            {...control}
            type="url"
            placeholder={placeholder}
            {...form.register("config.endpoint", { setValueAs: (value) => value ?? "" })}
          />
        )}
      </Field>
      <Controller
        control={form.control}
        name="config.forcePathStyle"
        render={({ field }) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control
          <label className="flex min-h-11 items-center gap-3 sm:col-span-2 sm:min-h-0">
            <Switch checked={field.value} onChange={field.onChange} />
            <span>
              Path-style addresses <span className="text-muted">— the bucket is in the path, not in the host name</span>
            </span>
          </label>
        )}
      />
    </>
  );
}
