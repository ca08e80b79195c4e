"use client";

import { Mail, MailX } from "lucide-react";
import { SecretOnce } from "@/components/settings/secret-once";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { formatTime } from "@/lib/client/format";
import { ROLE_WORDS } from "@/lib/client/role-words";
import type { SentInvitation } from "@/lib/schemas/organization";

/** An invitation's link, to pass on if it isn't mailed. */
export function InvitationLink({ sent, onClose }: { sent: SentInvitation; onClose: () => void }) {
  const Icon = sent.mailed ? Mail : MailX;
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <p className="flex gap-2">
          <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
          <span className="min-w-0 break-words">
            {sent.mailed ? (
              <>
                An email with the link is on its way to <strong>{sent.email}</strong>.
              </>
            ) : (
              <>
                No mail server is configured, so nothing was sent. Give this link to <strong>{sent.email}</strong>{" "}
                yourself.
              </>
            )}
          </span>
        </p>
        {sent.link !== null && (
          <SecretOnce
            label="Invitation link"
            value={sent.link}
            note="Anyone with this link can join. It’s shown only once. To get a new one, resend the invitation."
          />
        )}
        <p className="text-muted">
          They join as {ROLE_WORDS[sent.role].label.toLowerCase()}. The link works once, until{" "}
          {formatTime(sent.expiresAt)}.
        </p>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}
