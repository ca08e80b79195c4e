"use client";

import { PlugZap } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/time";
import { useMay } from "@/lib/client/use-may";
import type { Connection } from "@/lib/schemas/connection";
import { connectionWords } from "./connection-words";
import { setupOf } from "./setup";
import type { useVerify } from "./use-verify";
import { VerifySteps } from "./verify-steps";

interface VerificationProps {
  connection: Connection;
  verify: ReturnType<typeof useVerify>;
  onSetup: () => void;
}

/** The last verification with all its steps, or the one in progress. */
export function VerificationCard({ connection, verify, onSetup }: VerificationProps) {
  const mayManage = useMay("connections.manage");
  // The stored result may be newer, or gone because the settings have changed since.
  const result = connection.lastVerification;
  const { Icon: SetupIcon, whole } = setupOf(connection.type);
  const never = result === null && !verify.isPending && !verify.isError;
  return (
    <Card
      title="Verification"
      description={
        connection.lastVerifiedAt ? (
          <>
            Last attempt <RelativeTime value={connection.lastVerifiedAt} />
          </>
        ) : undefined
      }
    >
      {connection.secretUnreadable && (
        <p role="alert" className="mb-3 rounded-lg bg-bad-soft px-3 py-2.5 text-bad">
          The key that encrypted the secret is not in ENCRYPTION_KEYS, so its exports fail. Restore the key, or enter
          the secret again.
        </p>
      )}
      {never && <NeverVerified mayManage={mayManage} />}
      {connection.verifiedAt && result?.ok === false && !verify.isPending && (
        <p className="mb-3 rounded-lg bg-warn-soft px-3 py-2.5">
          It was verified <RelativeTime value={connection.verifiedAt} />, so its exports keep running and report what
          fails.
        </p>
      )}
      <VerifySteps
        words={connectionWords(connection.type)}
        pending={verify.isPending}
        result={result}
        error={verify.error}
        actions={
          <>
            {mayManage && (
              <Button size="sm" onClick={() => verify.mutate()}>
                <PlugZap aria-hidden /> Verify again
              </Button>
            )}
            <Button size="sm" variant="ghost" onClick={onSetup}>
              <SetupIcon aria-hidden /> {whole}
            </Button>
          </>
        }
      />
    </Card>
  );
}

function NeverVerified({ mayManage }: { mayManage: boolean }) {
  return (
    <p className="rounded-lg bg-sunken px-3 py-2.5 text-muted">
      The current settings aren’t verified. Exports can be saved and start once the connection is verified.
      {mayManage && " “Verify” tests every permission they need."}
    </p>
  );
}
