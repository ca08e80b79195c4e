import { useState } from "react";
import { useMutation } from "@/lib/client/use-mutation";
import { ApiError } from "./api";
import { type Difference, differences, rebase, sameValue } from "./three-way";

interface Edit<Stored, Values extends object> {
  /** What is edited, as it was when the form opened. */
  stored: Stored;
  /** What the form changes of it. */
  valuesOf: (stored: Stored) => Values;
  /** Saves values on top of a version. Throws the API's `edit_conflict` if there is a newer one. */
  save: (values: Values, version: Stored) => Promise<unknown>;
  /** Loads the newest version. */
  reload: () => Promise<Stored>;
  onSaved: () => unknown;
  onError: (error: Error) => unknown;
}

/** A save that a newer version stands in the way of. */
interface EditConflict<Stored> {
  theirs: Stored;
  /** What the newer version changed, beside what I had. */
  changed: Difference[];
}

/**
 * Saves edits of one version. If someone else has changed it since, `conflict` says what; `apply` then saves mine on
 * top of the newer version, and `discard` goes on from that. A newer version that leaves the form's fields as they were
 * is no conflict.
 */
export function useVersionedEdit<Stored, Values extends object>(edit: Edit<Stored, Values>) {
  const { valuesOf, save, reload, onSaved, onError } = edit;
  const [base, setBase] = useState(edit.stored);
  const [conflict, setConflict] = useState<EditConflict<Stored> | null>(null);
  const { mutate, isPending, isSuccess, data } = useMutation({
    mutationFn: async ({ mine, version }: { mine: Values; version: Stored }) => {
      try {
        await save(onTopOf(mine, version), version);
        return null;
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "edit_conflict") throw error;
        const theirs = await reload();
        const changed = changedBy(mine, theirs);
        if (changed.length > 0) return { theirs, changed };
        await save(onTopOf(mine, theirs), theirs);
        return null;
      }
    },
    onSuccess: (found) => {
      setConflict(found);
      return found ? undefined : onSaved();
    },
    onError,
  });
  const onTopOf = (mine: Values, version: Stored) => rebase(valuesOf(base), mine, valuesOf(version));
  const changedBy = (mine: Values, theirs: Stored) =>
    differences(valuesOf(base), mine, valuesOf(theirs)).filter(
      (field) => !sameValue(field.theirs, field.base) && !sameValue(field.theirs, field.mine),
    );
  return {
    /** The version that the form edits. */
    base,
    conflict,
    isPending,
    isSaved: isSuccess && data === null,
    submit: (mine: Values) => mutate({ mine, version: base }),
    apply: (mine: Values) => conflict && mutate({ mine, version: conflict.theirs }),
    discard: () => {
      if (!conflict) return;
      setBase(conflict.theirs);
      setConflict(null);
    },
  };
}
