"use client";

import { CircleCheck, CircleX, Hash, Pencil, Send, Trash2, Webhook } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Switch } from "@/components/ui/switch";
import { RelativeTime } from "@/components/ui/time";
import type { AlertChannel, TestAlertChannel } from "@/lib/schemas/alert";
import { DeliveryBadge } from "./delivery-badge";
import { useChannelActions } from "./use-channel-actions";

const EditChannelDialog = dynamic(() => import("./edit-channel-dialog").then((it) => it.EditChannelDialog), {
  loading: () => null,
});

/** One channel: whether it is on, how its last delivery went, and a test. */
export function ChannelCard({ channel }: { channel: AlertChannel }) {
  const { test, toggle, remove } = useChannelActions(channel);
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { name } = channel;
  return (
    <li className="rounded-xl border border-border bg-surface p-4 shadow-raised">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Names channel={channel} />
        <div className="flex flex-wrap items-center gap-1">
          <Button size="sm" aria-label={`Test ${name}`} pending={test.isPending} onClick={() => test.mutate()}>
            <Send aria-hidden /> Test
          </Button>
          <Button size="icon" variant="ghost" aria-label={`Edit ${name}`} title="Edit" onClick={() => setEditing(true)}>
            <Pencil aria-hidden />
          </Button>
          <Button
            size="icon"
            variant="ghost"
            aria-label={`Delete ${name}`}
            title="Delete"
            onClick={() => setDeleting(true)}
          >
            <Trash2 aria-hidden />
          </Button>
          <Switch
            className="mx-2"
            aria-label={`Send alerts to ${name}`}
            checked={toggle.isPending ? toggle.variables : channel.enabled}
            disabled={toggle.isPending}
            onChange={(enabled) => toggle.mutate(enabled)}
          />
        </div>
      </div>
      {channel.secretUnreadable && (
        <p className="mt-3 text-bad text-xs">
          The key that encrypted its address is not in ENCRYPTION_KEYS, so nothing can be sent. Restore the key, or
          delete this channel and create it again.
        </p>
      )}
      <LastDelivery channel={channel} />
      <TestResult result={test.data} error={test.error} />
      {editing && <EditChannelDialog channel={channel} onClose={() => setEditing(false)} />}
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete the channel “${name}”?`}
        confirmLabel="Delete channel"
        onConfirm={() => remove.mutate()}
        pending={remove.isPending}
        error={remove.error?.message}
      >
        <p>It stops receiving alerts. Emails are still sent.</p>
      </ConfirmDialog>
    </li>
  );
}

function Names({ channel: { kind, name, host, enabled, receipts } }: { channel: AlertChannel }) {
  const Icon = kind === "slack" ? Hash : Webhook;
  return (
    <div className="flex min-w-0 flex-1 basis-56 items-center gap-3">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-primary-soft text-primary">
        <Icon className="size-4.5" aria-hidden />
      </span>
      <div className="min-w-0">
        <h3 className="truncate font-medium" title={name}>
          {name}
        </h3>
        <p className="truncate text-muted text-xs">
          {kind === "slack" ? "Slack" : "Webhook"} at <span className="font-mono">{host}</span>
          {receipts && " · receipts"}
          {!enabled && " · off"}
        </p>
      </div>
    </div>
  );
}

function LastDelivery({ channel: { lastDelivery } }: { channel: AlertChannel }) {
  if (!lastDelivery) return <p className="mt-3 text-muted text-xs">Nothing sent here yet.</p>;
  const { state, at, error } = lastDelivery;
  return (
    <div className="mt-3 text-muted text-xs">
      <p className="flex flex-wrap items-center gap-2">
        Last delivery <DeliveryBadge state={state} /> <RelativeTime value={at} />
      </p>
      {error && <p className="mt-1 break-words text-bad">{error}</p>}
    </div>
  );
}

/** The result of a test, announced to screen readers. */
function TestResult({ result, error }: { result: TestAlertChannel | undefined; error: Error | null }) {
  const ok = result?.ok === true;
  const message = error?.message ?? result?.message;
  const Icon = ok ? CircleCheck : CircleX;
  return (
    <div aria-live="polite">
      {message && (
        <p
          className={`mt-3 flex gap-2 break-words rounded-lg px-3 py-2 ${ok ? "bg-ok-soft text-ok" : "bg-bad-soft text-bad"}`}
        >
          <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
          <span className="min-w-0">{message}</span>
        </p>
      )}
    </div>
  );
}
