"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RadioCards } from "@/components/ui/radio-cards";
import { RelativeTime } from "@/components/ui/time";
import { ask } from "@/lib/client/api";
import { installationQuery } from "@/lib/client/queries";
import { useMutation } from "@/lib/client/use-mutation";
import type { Decision } from "@/lib/fields/installation";
import type { Installation } from "@/lib/schemas/installation";
import { CHOICES, REASONS } from "./words";

interface DecideProps {
  installation: Installation;
  hold: NonNullable<Installation["hold"]>;
}

/** Why nothing runs, and the choice of what to do. */
export function DecideCard({ installation: { choices, decided }, hold }: DecideProps) {
  const { title, text } = REASONS[hold.reason];
  return (
    <Card
      title={title}
      description={
        <>
          Detected <RelativeTime value={hold.since} />. Nothing runs until you decide.
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p>{text}</p>
        <p className="text-muted">{hold.facts}</p>
        {decided ? (
          <p role="status" className="rounded-xl bg-sunken p-3.5">
            {decided.by} decided: {CHOICES[decided.decision].label}. A worker is carrying it out.
          </p>
        ) : (
          <Choose choices={choices} usual={hold.reason === "copied" ? "separate" : "reconcile"} />
        )}
      </div>
    </Card>
  );
}

function Choose({ choices, usual }: { choices: readonly Decision[]; usual: Decision }) {
  const queries = useQueryClient();
  const [choice, setChoice] = useState(usual);
  const [isAsking, setIsAsking] = useState(false);
  const decide = useMutation({
    mutationFn: () => ask("decideInstallation", { body: { decision: choice } }),
    onSuccess: async (saved) => {
      queries.setQueryData(installationQuery().queryKey, saved);
      setIsAsking(false);
    },
  });
  return (
    <>
      <RadioCards
        label="What is this installation?"
        className="sm:grid-cols-1"
        choices={choices.map((value) => ({ value, label: CHOICES[value].label, note: CHOICES[value].note }))}
        value={choice}
        onChange={setChoice}
      />
      <Button variant="primary" className="self-start" onClick={() => setIsAsking(true)}>
        {CHOICES[choice].confirm}…
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={`${CHOICES[choice].label}?`}
        confirmLabel={CHOICES[choice].confirm}
        cancelLabel="Cancel"
        onConfirm={() => decide.mutate()}
        pending={decide.isPending}
        error={decide.error?.message}
      >
        <p>{CHOICES[choice].note}</p>
      </ConfirmDialog>
    </>
  );
}
