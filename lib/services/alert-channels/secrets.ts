import { openSecret, sealSecret } from "@/lib/crypto/secrets";

/** What of a channel nobody sees again: where it leads, and what a webhook's signatures are made with. */
export interface ChannelSecrets {
  url: string;
  /** Null for Slack, which does not look for signatures. */
  signingSecret: string | null;
}

/** What binds a channel's sealed secrets to its row. */
export const channelAad = (id: string) => `alert_channels:${id}`;

export const sealChannel = (id: string, secrets: ChannelSecrets): string => sealSecret(secrets, channelAad(id));

export const openChannel = ({ id, secrets }: { id: string; secrets: string }): ChannelSecrets =>
  openSecret<ChannelSecrets>(secrets, channelAad(id));
