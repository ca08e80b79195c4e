"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type UseFormReturn, useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { UtcTimeField } from "@/components/ui/utc-time-field";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { plural } from "@/lib/client/format";
import { estimateQuery } from "@/lib/client/queries";
import { windowWords } from "@/lib/client/schedule-words";
import { showServerErrors } from "@/lib/client/server-errors";
import { toast } from "@/lib/client/toast";
import { useDebounced } from "@/lib/client/use-debounced";
import { useMutation } from "@/lib/client/use-mutation";
import type { Export } from "@/lib/schemas/export";
import { type CreateHistoricExport, createHistoricExportSchema } from "@/lib/schemas/historic-export";
import { againWords } from "./again-words";
import { EstimatePanel } from "./estimate-panel";
import { QuickRanges } from "./quick-ranges";
import { lastHours } from "./ranges";

interface CreateProps {
  value: Export;
  onClose: () => void;
  onCreated: () => void;
}

/** Exports a past range. Shows the number of windows and rows before confirmation. */
export function CreateHistoricDialog({ value, onClose, onCreated }: CreateProps) {
  const form = useForm<CreateHistoricExport>({
    resolver: zodResolver(createHistoricExportSchema),
    defaultValues: lastHours(24, value.ended && value.endAt ? Date.parse(value.endAt) : Date.now()),
    mode: "onChange",
  });
  const { estimate, settled } = useEstimate(value.id, form);
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: (range: CreateHistoricExport) => ask("createHistoricExport", { params: { id: value.id }, body: range }),
    onSuccess: (made) => {
      void refresh(queries, OF_EXPORTS);
      toast.success(`Historic export of ${plural(made.windows, "window")} has started`);
      onCreated();
      onClose();
    },
    onError: (error) => showServerErrors(form, error),
  });
  const known = settled && estimate.isSuccess ? estimate.data : undefined;
  const { root } = form.formState.errors;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Create historic export"
      description={`Exports what arrived in a past range, in windows of ${windowWords(value.schedule.every)}. ${againWords(value)}`}
    >
      <Form onSubmit={form.handleSubmit((range) => create.mutate(range))} className="flex min-h-0 flex-col">
        <DialogBody className="flex flex-col gap-4">
          <RangeFields form={form} />
          <EstimatePanel
            estimate={known}
            error={settled ? estimate.error : null}
            pending={form.formState.isValid && (!settled || estimate.isFetching)}
          />
          {root?.message && <FieldError message={root.message} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={create.isPending} disabled={!known || known.windows === 0}>
            {known ? `Export ${plural(known.windows, "window")}` : "Export"}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}

/** Fetches the estimate once the range is valid and unchanged; `settled` means that it matches the form. */
function useEstimate(exportId: string, form: UseFormReturn<CreateHistoricExport>) {
  const text = JSON.stringify(form.watch());
  const debounced = useDebounced(text, 400);
  const range = createHistoricExportSchema.safeParse(JSON.parse(debounced));
  const estimate = useQuery({
    ...estimateQuery(exportId, range.data ?? { start: "", end: "" }),
    enabled: range.success,
  });
  return { estimate, settled: range.success && text === debounced };
}

function RangeFields({ form }: { form: UseFormReturn<CreateHistoricExport> }) {
  const choose = (range: CreateHistoricExport) => {
    form.setValue("start", range.start, { shouldDirty: true });
    form.setValue("end", range.end, { shouldDirty: true, shouldValidate: true });
    form.clearErrors();
  };
  return (
    <>
      <QuickRanges onChoose={choose} />
      <div className="grid gap-4 sm:grid-cols-2">
        <UtcTimeField control={form.control} name="start" label="Start" />
        <UtcTimeField control={form.control} name="end" label="End" />
      </div>
    </>
  );
}
