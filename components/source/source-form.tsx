"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import { SettleField } from "@/components/spec-fields/settle-field";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { SwitchField } from "@/components/ui/switch-field";
import { ask } from "@/lib/client/api";
import { dirtyValues } from "@/lib/client/dirty-values";
import { lazyResolver } from "@/lib/client/lazy-resolver";
import { sourceQuery } from "@/lib/client/queries";
import { showServerErrors } from "@/lib/client/server-errors";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import type { PatchSource, Source } from "@/lib/schemas/source";
import { RetentionField } from "./retention-field";

const patchOf = ({ settleSeconds, retentionDays, oneRowPerId, sequentialConsistency }: Source): PatchSource => ({
  settleSeconds,
  retentionDays,
  oneRowPerId,
  sequentialConsistency,
});

/** How runs read the source. */
export function SourceForm({ source }: { source: Source }) {
  const queries = useQueryClient();
  const form = useForm<PatchSource>({
    resolver: lazyResolver(() => import("@/lib/schemas/source").then((it) => it.patchSourceSchema)),
    values: patchOf(source),
    // What someone else saves meanwhile is shown, beside what is being changed here.
    resetOptions: { keepDirtyValues: true },
  });
  const { errors, isDirty, dirtyFields } = form.formState;
  const save = useMutation({
    mutationFn: (body: PatchSource) => ask("patchSource", { body }),
    onSuccess: async (saved) => {
      queries.setQueryData(sourceQuery().queryKey, saved);
      form.reset(patchOf(saved));
      toast.success("Source settings saved");
    },
    onError: (error) => showServerErrors(form, error),
  });
  return (
    <Card title="Read settings" description="Runs already planned aren’t affected.">
      <Form
        onSubmit={form.handleSubmit((values) => save.mutate(dirtyValues(values, dirtyFields)))}
        className="flex flex-col gap-5"
      >
        <Controller
          control={form.control}
          name="settleSeconds"
          render={({ field, fieldState }) => (
            <SettleField
              value={field.value ?? null}
              onChange={field.onChange}
              fallback={source.defaultSettleSeconds}
              error={fieldState.error?.message}
              hint="How long a run waits after its window’s end, by ClickHouse’s clock, for rows to arrive. Replicas can lag this far behind. An export can set its own."
            />
          )}
        />
        <Controller
          control={form.control}
          name="retentionDays"
          render={({ field, fieldState }) => (
            <RetentionField value={field.value ?? null} onChange={field.onChange} error={fieldState.error?.message} />
          )}
        />
        <Controller
          control={form.control}
          name="oneRowPerId"
          render={({ field }) => (
            <SwitchField
              label="One row per ID"
              hint="If events or merged IDs repeat an ID within a window, only the first row is exported. For sources that remove duplicates when they merge. Every file reads its whole window for this."
              checked={field.value ?? false}
              onChange={field.onChange}
            />
          )}
        />
        <Controller
          control={form.control}
          name="sequentialConsistency"
          render={({ field }) => (
            <SwitchField
              label="Sequential consistency"
              hint="Reads see every insert that a quorum has confirmed (select_sequential_consistency). For ClickHouse Cloud, and for replicas with insert_quorum."
              checked={field.value ?? false}
              onChange={field.onChange}
            />
          )}
        />
        {errors.root?.message && <FieldError message={errors.root.message} />}
        <Button type="submit" className="self-start" pending={save.isPending} disabled={!isDirty}>
          Save
        </Button>
      </Form>
    </Card>
  );
}
