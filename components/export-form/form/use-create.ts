import { useQueryClient } from "@tanstack/react-query";
import type { UseFormReturn } from "react-hook-form";
import { ask } from "@/lib/client/api";
import { refresh } from "@/lib/client/asking";
import { toast } from "@/lib/client/toast";
import { useMutation } from "@/lib/client/use-mutation";
import { useAppRouter } from "@/lib/client/workspace";
import type { CreateExport } from "@/lib/schemas/export";
import { stepOf } from "../steps";
import { showExportErrors } from "./show-errors";

interface Then {
  goTo: (step: number) => void;
  onCreated: () => void;
}

/** Creates the export and opens it. Shows errors on the step of their field. */
export function useCreate(projectId: string, form: UseFormReturn<CreateExport>, { goTo, onCreated }: Then) {
  const queries = useQueryClient();
  const router = useAppRouter();
  const create = useMutation({
    mutationFn: (body: CreateExport) => ask("createExport", { params: { projectId }, body }),
    onSuccess: (created) => {
      onCreated();
      void refresh(queries, ["listExports"]);
      toast.success(`Export “${created.name}” created`);
      router.push(`/exports/${created.id}`);
    },
    onError: (error) => {
      const [wrong] = showExportErrors(form, error);
      if (wrong) goTo(stepOf(wrong));
    },
  });
  // Every step is already validated, so an error here belongs to an earlier one: go there.
  const submit = form.handleSubmit(
    (values) => create.mutate(values),
    (errors) => goTo(stepOf(Object.keys(errors)[0] ?? "")),
  );
  return { create, submit };
}
