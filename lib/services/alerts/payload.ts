import { randomUUID } from "node:crypto";
import type { AlertRow, ChannelRow } from "@/lib/db/rows";
import { getEnv } from "@/lib/env";
import type { WebhookBody } from "@/lib/schemas/webhook";
import { alertContent } from "./content";
import type { AlertFacts } from "./facts";
import { alertLinks } from "./links";
import { alertSlack } from "./render";

type Kind = ChannelRow["kind"];

/** The request body for an alert, by channel kind. */
export function alertPayload(kind: Kind, alert: Pick<AlertRow, "id" | "createdAt">, facts: AlertFacts): object {
  const { APP_URL } = getEnv();
  return kind === "slack" ? alertSlack(alertContent(facts, APP_URL)) : webhookBody(alert, facts, APP_URL);
}

function webhookBody(
  { id, createdAt }: Pick<AlertRow, "id" | "createdAt">,
  facts: AlertFacts,
  appUrl: string,
): WebhookBody {
  const { kind, organization, project, run, window, failure } = facts;
  const links = alertLinks(facts, appUrl);
  return {
    id,
    kind,
    time: createdAt.toISOString(),
    organization,
    project,
    export: facts.export,
    run: run && { ...run, intervalStart: window.start.toISOString(), intervalEnd: window.end.toISOString() },
    error: failure,
    links: { run: links.run, export: links.export },
  };
}

/** The request body that tests a channel. */
export function testPayload(kind: Kind, organization: { id: string; name: string }, time: Date): object {
  if (kind === "slack")
    return { text: "Penstock can reach this channel. It will send alerts about failed exports here." };
  const body: WebhookBody = {
    id: randomUUID(),
    kind: "test",
    time: time.toISOString(),
    organization,
    project: null,
    export: null,
    run: null,
    error: null,
    links: { run: null, export: null },
  };
  return body;
}
