import { useFormContext } from "react-hook-form";
import type { Connection } from "@/lib/schemas/connection";
import type { CreateExport } from "@/lib/schemas/export";
import { inFolder } from "./folder";

/** Puts a connection into the form; the key prefix moves into the connection's folder. */
export function useChooseConnection(connections: readonly Connection[]) {
  const { getValues, setValue, formState } = useFormContext<CreateExport>();
  return (next: Connection) => {
    const last = connections.find(({ id }) => id === getValues("connectionId"));
    const prefix = inFolder(getValues("destination.prefix"), last?.config.prefix ?? "", next.config.prefix);
    setValue("connectionId", next.id, { shouldDirty: true, shouldValidate: formState.isSubmitted });
    setValue("destination.prefix", prefix, { shouldDirty: true });
  };
}
