"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { toast } from "sonner";
import { useProject } from "@/components/app/project-context";
import { NewConnection } from "@/components/connections/new-connection";
import { RadioCards } from "@/components/ui/radio-cards";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { connectionsQuery } from "@/lib/client/queries";
import type { Connection } from "@/lib/schemas/connection";
import type { CreateExport } from "@/lib/schemas/export";
import { ConnectionSelect } from "./connection-select";
import { StepFrame } from "./step-frame";

interface StepProps {
  onBack: () => void;
  onNext: () => void;
}

const frame = { title: "Where it goes", description: "A bucket in Amazon S3 or in a server that speaks its language." };

const CHOICES = [
  { value: "saved", label: "A saved connection", note: "Its key stays where it is." },
  { value: "new", label: "A new connection", note: "Other exports can use it later." },
] as const;

/** A saved connection, or a new one that is saved on the way to the next step. */
export function DestinationStep({ onBack, onNext }: StepProps) {
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
        <ErrorState title="Connections can't be loaded" error={connections.error} onRetry={connections.refetch} />
      </StepFrame>
    );
  return <Choice connections={connections.data.items} onBack={onBack} onNext={onNext} />;
}

function Choice({ connections, onBack, onNext }: StepProps & { connections: readonly Connection[] }) {
  const { setValue } = useFormContext<CreateExport>();
  const [kind, setKind] = useState<"saved" | "new">(connections.length > 0 ? "saved" : "new");
  const choice = connections.length > 0 && (
    <div className="mb-5">
      <RadioCards label="Connection" choices={CHOICES} value={kind} onChange={setKind} />
    </div>
  );
  if (kind === "saved")
    return (
      <StepFrame {...frame} onBack={onBack} onNext={onNext}>
        {choice}
        <ConnectionSelect connections={connections} />
      </StepFrame>
    );
  const created = (connection: Connection) => {
    setValue("connectionId", connection.id, { shouldDirty: true });
    toast.success(`Connection “${connection.name}” saved`);
    onNext();
  };
  return (
    <NewConnection onCreated={created}>
      {({ fields, testButton, saving, save }) => (
        <StepFrame
          {...frame}
          onBack={onBack}
          onNext={save}
          nextLabel="Save connection and continue"
          pending={saving}
          extra={testButton}
        >
          {choice}
          {fields}
        </StepFrame>
      )}
    </NewConnection>
  );
}
