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

const NewChannelDialog = dynamic(() => import("./new-channel-dialog").then((it) => it.NewChannelDialog), {
  loading: () => null,
});

/** Webhooks and Slack, which receive alerts in addition to mail. */
export function Channels() {
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="Alert channels"
      description="When an export fails permanently or a check finds a problem, Penstock emails the admins, the owners, and the export’s creator: at most once a day per export and cause, and once when it recovers. Channels receive the same alerts."
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
    return <ErrorState title="Couldn’t load the channels" error={channels.error} onRetry={() => channels.refetch()} />;
  if (channels.data.items.length === 0)
    return (
      <EmptyState icon={<BellPlus aria-hidden />} title="No channels yet" className="py-8">
        Alerts are always sent by email. Add a webhook to notify your own program, or connect a Slack channel.
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
