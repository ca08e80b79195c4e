import { useQueryClient } from "@tanstack/react-query";
import type { UseFormReturn } from "react-hook-form";
import { ask } from "@/lib/client/api";
import { OF_EXPORTS, refresh } from "@/lib/client/asking";
import { exportQuery } from "@/lib/client/queries";
import { sameValue } from "@/lib/client/three-way";
import { toast } from "@/lib/client/toast";
import { useVersionedEdit } from "@/lib/client/use-versioned-edit";
import { useAppRouter } from "@/lib/client/workspace";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { asForm } from "./form";
import { showExportErrors } from "./show-errors";

/** What the form changes of an export: all but its model, and whether it is paused. */
const editable = ({ model: _, paused: __, ...values }: CreateExport) => values;
type Editable = ReturnType<typeof editable>;
const valuesOf = (stored: Export): Editable => editable(asForm(stored));

/** The fields that differ from a version. */
function changesTo(version: Export, values: Editable): Partial<Editable> {
  const before: Record<string, unknown> = valuesOf(version);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !sameValue(value, before[name])));
}

/** Saves what the form changes of an export, unless someone else changed it in the meantime. */
export function useEditExport(stored: Export, form: UseFormReturn<CreateExport>, onEnd: () => void) {
  const queries = useQueryClient();
  const router = useAppRouter();
  const params = { id: stored.id };
  const { submit, apply, discard, ...edit } = useVersionedEdit<Export, Editable>({
    stored,
    valuesOf,
    save: (values, version) =>
      ask("patchExport", { params, body: { ...changesTo(version, values), ifUpdatedAt: version.updatedAt } }),
    reload: () => queries.fetchQuery({ ...exportQuery(stored.id), staleTime: 0 }),
    onSaved: () => {
      onEnd();
      void refresh(queries, OF_EXPORTS);
      toast.success("Changes saved. The next run uses them.");
      router.push(`/exports/${stored.id}`);
    },
    onError: (error) => showExportErrors(form, error),
  });
  return {
    ...edit,
    submit: (values: CreateExport) => submit(editable(values)),
    apply: (values: CreateExport) => apply(editable(values)),
    discard: () => {
      if (edit.conflict) form.reset(asForm(edit.conflict.theirs));
      discard();
      onEnd();
    },
  };
}
