import { openSecret, sealSecret } from "@/lib/crypto/secrets";

/** A channel's write-only settings: its address and its signing secret. */
export interface ChannelSecrets {
  url: string;
  /** Null for Slack, which does not check signatures. */
  signingSecret: string | null;
}

/** Binds a channel's sealed secrets to its row. */
export const channelAad = (id: string) => `alert_channels:${id}`;

export const sealChannel = (id: string, secrets: ChannelSecrets): string => sealSecret(secrets, channelAad(id));

export const openChannel = ({ id, secrets }: { id: string; secrets: string }): ChannelSecrets =>
  openSecret<ChannelSecrets>(secrets, channelAad(id));
