"use client";

import { useFormContext } from "react-hook-form";
import { kindWords } from "@/components/connections/address";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { locationOf } from "@/lib/destinations/connection";
import type { Connection } from "@/lib/schemas/connection";
import type { CreateExport } from "@/lib/schemas/export";
import { Followed } from "../form/followed";
import { ChosenConnection } from "./chosen-connection";
import { useChooseConnection } from "./use-choose-connection";

interface SelectProps {
  connections: readonly Connection[];
  /** A new connection, to verify immediately. */
  fresh?: string | null;
}

/** Selects a saved connection and shows its verification. */
export function ConnectionSelect({ connections, fresh = null }: SelectProps) {
  const { watch, clearErrors, formState } = useFormContext<CreateExport>();
  const { put, changes } = useChooseConnection(connections);
  const id = watch("connectionId");
  const chosen = connections.find((connection) => connection.id === id);
  const options = connections.map((connection) => ({
    value: connection.id,
    label: `${connection.name} — ${locationOf(connection)}`,
    note: [kindWords(connection), connection.verifiedAt === null && "not verified"].filter(Boolean).join(", "),
  }));
  const error = formState.errors.connectionId;
  return (
    <div className="flex flex-col gap-4">
      <Field label="Connection" error={error && (id ? error.message : "Choose a connection, or create a new one")}>
        {(control) => (
          <Select
            {...control}
            options={options}
            value={id || null}
            onChange={(next) => {
              const connection = connections.find((it) => it.id === next);
              if (connection) put(connection);
              clearErrors("connectionId");
            }}
            placeholder="Choose a connection"
          />
        )}
      </Field>
      <Followed changes={changes} />
      {chosen && <ChosenConnection key={chosen.id} connection={chosen} verifyNow={chosen.id === fresh} />}
    </div>
  );
}
