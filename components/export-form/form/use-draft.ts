import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { connectionDraft } from "@/components/connections/connection-form";
import { type Draft, draftOf, hasFieldsOf } from "@/lib/client/drafts";
import { meQuery } from "@/lib/client/queries";
import { DESTINATION_TYPES } from "@/lib/destinations/outlines";
import type { CreateExport, Export } from "@/lib/schemas/export";
import { newExport } from "./form";
import { usualSettings } from "./usual";

/** A new export that isn't created yet. */
interface ExportDraft {
  values: CreateExport;
  /** The last step that was opened. */
  reached: number;
}

function isExportDraft(value: unknown): value is ExportDraft {
  if (!hasFieldsOf({ values: {}, reached: 0 }, value)) return false;
  const { values } = value;
  if (!hasFieldsOf(newExport(), values)) return false;
  const type = DESTINATION_TYPES.find((name) => name === values.destination.type);
  return type !== undefined && hasFieldsOf(usualSettings(type), values.destination);
}

interface Kept {
  /** Whether the form began with a draft. */
  restored: boolean;
  reached: number;
}

/** Keeps every change of the form as a draft. Returns whether there is one. */
export function useKeepDraft(
  form: UseFormReturn<CreateExport>,
  draft: Draft<ExportDraft>,
  { restored, reached }: Kept,
): boolean {
  const [hasDraft, setHasDraft] = useState(restored);
  useEffect(() => {
    const write = () => draft.write({ values: form.getValues(), reached });
    if (hasDraft) write();
    const changes = form.watch(() => {
      write();
      setHasDraft(true);
    });
    return () => changes.unsubscribe();
  }, [form, draft, reached, hasDraft]);
  return hasDraft;
}

/**
 * The drafts of a person's new export in a project, and of the connection that is entered on the way; of a duplicate,
 * one for each original.
 */
export function useDrafts(projectId: string, from: string | null) {
  const { data: me } = useQuery(meQuery());
  const user = me?.user.id ?? "";
  return useState(() => {
    const name = [user, projectId, from ?? "new"];
    const drafts = { export: draftOf(["export", ...name], isExportDraft), connection: connectionDraft(name) };
    const remove = () => {
      drafts.export.remove();
      drafts.connection.remove();
    };
    return { ...drafts, read: drafts.export.read, remove };
  })[0];
}

/**
 * Keeps unsaved changes to this version of an export: the form begins with them again after *Back*, a reload, or a new
 * sign-in. Changes to an older version are not restored, because they would undo what is newer.
 */
export function useEditDraft(stored: Export, form: UseFormReturn<CreateExport>) {
  const { data: me } = useQuery(meQuery());
  const user = me?.user.id ?? "";
  const [draft] = useState(() => draftOf(["edit", user, stored.id, stored.updatedAt], isExportDraft));
  const [restored, setRestored] = useState(draft.read);
  useEffect(() => {
    const kept = draft.read();
    if (kept) form.reset(kept.values, { keepDefaultValues: true });
    const changes = form.watch(() => draft.write({ values: form.getValues(), reached: 0 }));
    return () => changes.unsubscribe();
  }, [form, draft]);
  const startOver = () => {
    form.reset();
    draft.remove();
    setRestored(null);
  };
  return { wasRestored: restored !== null, remove: draft.remove, startOver };
}
