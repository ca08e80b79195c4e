import { openSecret, sealSecret } from "@/lib/crypto/secrets";

/** What of a channel nobody sees again: where it leads, and what a webhook's signatures are made with. */
export interface ChannelSecrets {
  url: string;
  /** Null for Slack, which does not look for signatures. */
  signingSecret: string | null;
}

const aad = (id: string) => `alert_channels:${id}`;

export const sealChannel = (id: string, secrets: ChannelSecrets): string => sealSecret(secrets, aad(id));

export const openChannel = ({ id, secrets }: { id: string; secrets: string }): ChannelSecrets =>
  openSecret<ChannelSecrets>(secrets, aad(id));
