import { useFormContext } from "react-hook-form";
import { folderOf } from "@/lib/destinations/connection";
import { writesFiles } from "@/lib/destinations/outlines";
import type { Connection } from "@/lib/schemas/connection";
import type { CreateExport } from "@/lib/schemas/export";
import { withFiles } from "../files/files-export";
import { useFollow } from "../form/use-follow";
import { usualSettings } from "../form/usual";
import { inFolder } from "./folder";

/** Switches the connection: another type resets the settings; in a bucket, keys move into its folder. */
function through(value: CreateExport, last: Connection | undefined, next: Connection): CreateExport {
  const { type } = value.destination;
  const chosen = { ...value, connectionId: next.id };
  if (type !== next.type) chosen.destination = usualSettings(next.type);
  const { destination } = chosen;
  if (!writesFiles(destination)) return chosen;
  const from = last ? folderOf(last) : "";
  return withFiles(chosen, { prefix: inFolder(destination.prefix, from, folderOf(next)) });
}

/** Selects a connection in the form. File or table settings follow, and `changes` lists what else changed. */
export function useChooseConnection(connections: readonly Connection[]) {
  const { getValues, setValue, formState } = useFormContext<CreateExport>();
  const { choose, changes } = useFollow();
  const put = (next: Connection) => {
    const last = connections.find(({ id }) => id === getValues("connectionId"));
    choose((value) => through(value, last, next));
    setValue("connectionId", next.id, { shouldDirty: true, shouldValidate: formState.isSubmitted });
  };
  return { put, changes };
}
