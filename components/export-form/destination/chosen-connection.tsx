"use client";

import { Info, Pencil, PlugZap } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { ConnectionBadge } from "@/components/connections/connection-badge";
import { connectionWords } from "@/components/connections/connection-words";
import { setupOf } from "@/components/connections/setup";
import { useVerify } from "@/components/connections/use-verify";
import { Button } from "@/components/ui/button";
import type { Connection } from "@/lib/schemas/connection";
import { startNote } from "./start-note";

const VerifySteps = dynamic(() => import("@/components/connections/verify-steps").then((it) => it.VerifySteps), {
  loading: () => null,
});

const SetupDialog = dynamic(() => import("@/components/connections/setup-dialog").then((it) => it.SetupDialog), {
  loading: () => null,
});

const EditConnectionDialog = dynamic(
  () => import("@/components/connections/edit-connection-dialog").then((it) => it.EditConnectionDialog),
  { loading: () => null },
);

/** The chosen connection's verification state, with actions to fix it. */
export function ChosenConnection({ connection, verifyNow }: { connection: Connection; verifyNow: boolean }) {
  const verify = useVerify(connection);
  const [dialog, setDialog] = useState<"edit" | "setup" | null>(null);
  const begun = useRef(false);
  const { mutate } = verify;
  useEffect(() => {
    if (!verifyNow || begun.current || connection.verifiedAt !== null) return;
    begun.current = true;
    mutate();
  }, [verifyNow, connection.verifiedAt, mutate]);
  const note = startNote(connection);
  const { Icon: SetupIcon, label: setupLabel } = setupOf(connection.type);
  const close = () => setDialog(null);
  const saved = () => {
    close();
    mutate();
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <ConnectionBadge connection={connection} />
        <div className="ml-auto flex flex-wrap gap-1">
          <Button size="sm" onClick={() => mutate()} pending={verify.isPending}>
            {!verify.isPending && <PlugZap aria-hidden />} Verify connection
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setDialog("edit")}>
            <Pencil aria-hidden /> Edit connection
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setDialog("setup")}>
            <SetupIcon aria-hidden /> {setupLabel}
          </Button>
        </div>
      </div>
      {note && !verify.isPending && (
        <p className="flex gap-2 rounded-lg bg-info-soft px-3 py-2.5">
          <Info className="mt-0.5 size-4 shrink-0 text-info" aria-hidden />
          {note}
        </p>
      )}
      {(verify.isPending || verify.isError || verify.data || connection.lastVerification?.ok === false) && (
        <VerifySteps
          words={connectionWords(connection.type)}
          pending={verify.isPending}
          result={connection.lastVerification ?? (verify.data?.ok ? null : verify.data)}
          error={verify.error}
        />
      )}
      {dialog === "edit" && <EditConnectionDialog connection={connection} onClose={close} onSaved={saved} />}
      {dialog === "setup" && <SetupDialog connection={connection} onClose={close} />}
    </div>
  );
}
