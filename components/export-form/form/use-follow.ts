import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { combinationProblems } from "@/lib/schemas/combination";
import type { CreateExport } from "@/lib/schemas/export";
import { problemSentence } from "./field-words";
import { follow } from "./follow";

const FOLLOWING = ["model", "destination", "columns", "filters", "schedule", "startAt", "endAt"] as const;

/** Makes a choice and adapts the rest of the form. */
export type Choose = (change: (value: CreateExport) => CreateExport) => void;

/** Choices that affect other fields: the rest of the form adapts, and `changes` lists what changed. */
export function useFollow() {
  const { getValues, setValue, formState } = useFormContext<CreateExport>();
  const [changes, setChanges] = useState<string[]>([]);
  const choose: Choose = (change) => {
    const before = getValues();
    const followed = follow(before, change(before));
    for (const name of FOLLOWING) {
      if (followed.value[name] === before[name]) continue;
      setValue(name, followed.value[name], { shouldDirty: true, shouldValidate: name in formState.errors });
    }
    setChanges(followed.changes);
  };
  return { choose, changes };
}

/** Why a field can't take a value, in words of the rule shared with the API; null if it can. */
export function useReason() {
  const { watch } = useFormContext<CreateExport>();
  const value = watch();
  return (path: string, change: (value: CreateExport) => CreateExport): string | null => {
    const problem = combinationProblems(change(value)).find((it) => it.path.join(".") === path);
    return problem ? problemSentence(problem) : null;
  };
}
