"use client";

import { useQuery } from "@tanstack/react-query";
import { BellPlus, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Section } from "@/components/settings/section";
import { Button } from "@/components/ui/button";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { alertChannelsQuery } from "@/lib/client/people-queries";
import { ChannelCard } from "./channel-card";

const NewChannelDialog = dynamic(() => import("./new-channel-dialog").then((it) => it.NewChannelDialog));

/** Webhooks and Slack, which receive alerts in addition to mail. */
export function Channels() {
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="Where alerts go"
      description="When an export fails for good or a check finds something, a mail goes to the admins, the owners, and the export’s creator: at most one a day for an export and cause, and one when it recovers. Channels also receive it."
      action={
        <Button variant="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden /> Add channel
        </Button>
      }
    >
      <ChannelList />
      {adding && <NewChannelDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

function ChannelList() {
  const channels = useQuery(alertChannelsQuery());
  if (channels.isPending) return <TableSkeleton label="Loading channels" rows={1} />;
  if (channels.isError)
    return (
      <ErrorState title="The channels can't be loaded" error={channels.error} onRetry={() => channels.refetch()} />
    );
  if (channels.data.items.length === 0)
    return (
      <EmptyState icon={<BellPlus aria-hidden />} title="No channel yet" className="py-8">
        Mails go out all the same. Add a webhook for a program of yours, or Slack for a channel there.
      </EmptyState>
    );
  return (
    <ul aria-label="Channels" className="flex flex-col gap-3">
      {channels.data.items.map((channel) => (
        <ChannelCard key={channel.id} channel={channel} />
      ))}
    </ul>
  );
}
