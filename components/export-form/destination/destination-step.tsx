"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useProject } from "@/components/app/project-context";
import type { ConnectionForm } from "@/components/connections/connection-form";
import { NewConnection } from "@/components/connections/new-connection";
import { RadioCards } from "@/components/ui/radio-cards";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import type { Draft } from "@/lib/client/drafts";
import { connectionsQuery } from "@/lib/client/queries";
import { toast } from "@/lib/client/toast";
import type { Connection } from "@/lib/schemas/connection";
import type { CreateExport } from "@/lib/schemas/export";
import { Followed } from "../form/followed";
import { StepFrame } from "../step-frame";
import { ConnectionSelect } from "./connection-select";
import { useChooseConnection } from "./use-choose-connection";

interface StepProps {
  /** Keeps a new connection until it is saved. */
  draft: Draft<ConnectionForm>;
  onBack: () => void;
  onNext: () => unknown;
}

const frame = { title: "Where it goes", description: "A bucket, or a table in a warehouse." };

const CHOICES = [
  { value: "saved", label: "A saved connection", note: "Uses its stored credentials." },
  { value: "new", label: "A new connection", note: "Other exports can use it later." },
] as const;

/** Selects a saved connection, or saves and verifies a new one. */
export function DestinationStep({ draft, onBack, onNext }: StepProps) {
  const project = useProject();
  const connections = useQuery(connectionsQuery(project.id));
  if (connections.isPending)
    return (
      <StepFrame {...frame} onBack={onBack} onNext={onNext} pending>
        <Skeleton className="h-28 w-full" />
      </StepFrame>
    );
  if (connections.isError)
    return (
      <StepFrame {...frame} onBack={onBack} onNext={onNext}>
        <ErrorState title="Couldn’t load connections" error={connections.error} onRetry={connections.refetch} />
      </StepFrame>
    );
  return <Choice connections={connections.data.items} draft={draft} onBack={onBack} onNext={onNext} />;
}

function Choice({ connections, draft, onBack, onNext }: StepProps & { connections: readonly Connection[] }) {
  const project = useProject();
  const { put, changes } = useChooseConnection(connections);
  const connectionId = useFormContext<CreateExport>().watch("connectionId");
  const [kind, setKind] = useState<"saved" | "new">(() =>
    connections.length > 0 && (connectionId !== "" || draft.read() === null) ? "saved" : "new",
  );
  const [fresh, setFresh] = useState<string | null>(null);
  const choice = connections.length > 0 && (
    <div className="mb-5">
      <RadioCards label="Connection" choices={CHOICES} value={kind} onChange={setKind} />
    </div>
  );
  if (kind === "saved")
    return (
      <StepFrame {...frame} onBack={onBack} onNext={onNext}>
        {choice}
        <div className="flex flex-col gap-4">
          <ConnectionSelect connections={connections} fresh={fresh} />
          {connectionId === fresh && <Followed changes={changes} />}
        </div>
      </StepFrame>
    );
  const created = (connection: Connection) => {
    put(connection);
    setFresh(connection.id);
    setKind("saved");
    toast.success(`Connection “${connection.name}” saved`);
  };
  return (
    <NewConnection projectId={project.id} onCreated={created} draft={draft}>
      {({ fields, extra, saving, save }) => (
        <StepFrame {...frame} onBack={onBack} onNext={save} nextLabel="Save and verify" pending={saving} extra={extra}>
          {choice}
          {fields}
        </StepFrame>
      )}
    </NewConnection>
  );
}
