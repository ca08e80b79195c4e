"use client";

import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { showServerErrors } from "@/lib/client/server-errors";
import { useMutation } from "@/lib/client/use-mutation";

interface NameFormProps<T> {
  label: string;
  name: string;
  submitLabel: string;
  /** The browser's autofill hint. */
  autoComplete?: string;
  save: (name: string) => Promise<T>;
  onSaved: (saved: T) => unknown;
}

/** A name field with its save button. */
export function NameForm<T>({ label, name, submitLabel, autoComplete = "off", save, onSaved }: NameFormProps<T>) {
  const form = useForm({
    resolver: lazyResolver(() => import("@/lib/schemas/organization").then((it) => it.organizationNameSchema)),
    values: { name },
  });
  const { errors, isDirty } = form.formState;
  const mutation = useMutation({
    mutationFn: (values: { name: string }) => save(values.name),
    onSuccess: onSaved,
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Form
      onSubmit={form.handleSubmit((values) => mutation.mutate(values))}
      className="flex flex-col gap-3 sm:flex-row sm:items-start"
    >
      <Field label={label} error={errors.name?.message ?? errors.root?.message} className="flex-1">
        {(control) => (
          // The default shows before the page runs.
          <Input {...control} autoComplete={autoComplete} defaultValue={name} {...form.register("name")} />
        )}
      </Field>
      <Button type="submit" className="sm:mt-6.5" pending={mutation.isPending} disabled={!isDirty}>
        {submitLabel}
      </Button>
    </Form>
  );
}
