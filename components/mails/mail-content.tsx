"use client";

import { useQuery } from "@tanstack/react-query";
import { DeliveryBadge } from "@/components/alerts/delivery-badge";
import { Facts } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { ErrorState } from "@/components/ui/states";
import { formatTime } from "@/lib/client/format";
import { mailQuery } from "@/lib/client/people-queries";
import type { MailWithText } from "@/lib/schemas/organization";

/** The sheet’s content, loaded when one opens. */
export function MailContent({ id, open, onClose }: { id: string; open: boolean; onClose: () => void }) {
  const mail = useQuery({ ...mailQuery(id), enabled: open });
  return (
    <Dialog
      kind="sheet"
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={<span className="break-words">{mail.data?.subject ?? "Email"}</span>}
    >
      <DialogBody>
        {mail.isPending && (
          <div role="status" aria-label="Loading the email" className="flex flex-col gap-3">
            <Skeleton className="h-10 w-full" />
            <Skeleton className="h-40 w-full" />
          </div>
        )}
        {mail.isError && <ErrorState title="Couldn’t load this email" error={mail.error} onRetry={mail.refetch} />}
        {mail.data && <Loaded mail={mail.data} />}
      </DialogBody>
    </Dialog>
  );
}

function Loaded({ mail: { to, state, createdAt, sentAt, lastError, text } }: { mail: MailWithText }) {
  return (
    <>
      <Facts
        items={[
          ["To", to],
          ["State", <DeliveryBadge key="state" state={state} />],
          ["Created", formatTime(createdAt)],
          ["Sent", sentAt ? formatTime(sentAt) : "Not sent"],
        ]}
      />
      {lastError && <p className="mt-3 break-words text-bad">{lastError}</p>}
      {text === "" ? (
        <p className="mt-5 text-muted">The text of a sent email isn’t kept.</p>
      ) : (
        <div className="relative mt-5">
          <div className="absolute top-1 right-1">
            <CopyButton text={text} label="Copy the text" />
          </div>
          <pre className="whitespace-pre-wrap break-words rounded-xl border border-border bg-sunken p-4 pr-12 font-sans leading-6">
            {text}
          </pre>
        </div>
      )}
    </>
  );
}
