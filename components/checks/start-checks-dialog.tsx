"use client";

import { Controller, type UseFormReturn, useForm } from "react-hook-form";
import { QuickRanges } from "@/components/historic/quick-ranges";
import { lastHours } from "@/components/historic/ranges";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { RadioCards } from "@/components/ui/radio-cards";
import { UtcTimeField } from "@/components/ui/utc-time-field";
import { ask } from "@/lib/client/api";
import { KIND_NOTES, KINDS } from "@/lib/client/check-words";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { showServerErrors } from "@/lib/client/server-errors";
import { useMutation } from "@/lib/client/use-mutation";
import { kindOf } from "@/lib/destinations/outlines";
import { CHECK_KINDS } from "@/lib/fields/check-names";
import type { StartChecks } from "@/lib/schemas/check";
import type { Export } from "@/lib/schemas/export";

interface StartProps {
  value: Export;
  onClose: () => void;
  onStarted: (id: string) => void;
}

const DAYS = 7;

/** Asks for checks of a range's committed windows. */
export function StartChecksDialog({ value, onClose, onStarted }: StartProps) {
  const { start: from, end: to } = lastHours(DAYS * 24, Date.now());
  const form = useForm<StartChecks>({
    resolver: lazyResolver(() => import("@/lib/schemas/check").then((it) => it.startChecksSchema)),
    defaultValues: { from, to, kind: "source" },
  });
  const start = useMutation({
    mutationFn: (body: StartChecks) => ask("startChecks", { params: { id: value.id }, body }),
    onSuccess: ({ id }) => {
      onStarted(id);
      onClose();
    },
    onError: (error) => showServerErrors(form, error),
  });
  const { root } = form.formState.errors;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Check again"
      description="Checks the committed windows that start in a range."
    >
      <Form onSubmit={form.handleSubmit((body) => start.mutate(body))} className="flex min-h-0 flex-col">
        <DialogBody className="flex flex-col gap-4">
          <RangeFields form={form} />
          <KindField form={form} value={value} />
          {root?.message && <FieldError message={root.message} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={start.isPending}>
            Start checks
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}

function RangeFields({ form }: { form: UseFormReturn<StartChecks> }) {
  return (
    <>
      <QuickRanges
        onChoose={({ start, end }) => {
          form.setValue("from", start);
          form.setValue("to", end);
          form.clearErrors();
        }}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <UtcTimeField control={form.control} name="from" label="From" />
        <UtcTimeField control={form.control} name="to" label="To" />
      </div>
    </>
  );
}

function KindField({ form, value }: { form: UseFormReturn<StartChecks>; value: Export }) {
  const notes = KIND_NOTES[kindOf(value.destination.type)];
  const choices = CHECK_KINDS.flatMap((kind) => {
    const note = notes[kind];
    return note ? [{ value: kind, label: KINDS[kind], note }] : [];
  });
  return (
    <Controller
      control={form.control}
      name="kind"
      render={({ field }) => (
        <RadioCards
          label="What to check"
          choices={choices}
          value={field.value}
          onChange={field.onChange}
          className="sm:grid-cols-1"
        />
      )}
    />
  );
}
