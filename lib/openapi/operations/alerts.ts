import { listOf, pageQuerySchema } from "@/lib/fields/common";
import {
  alertChannelSchema,
  alertSchema,
  createAlertChannelSchema,
  newAlertChannelSchema,
  patchAlertChannelSchema,
  testAlertChannelSchema,
} from "@/lib/schemas/alert";
import { mailSchema, mailWithTextSchema } from "@/lib/schemas/organization";
import { operation } from "../operation";
import { byId } from "../params";

export const listAlerts = operation({
  id: "listAlerts",
  permission: "view",
  tag: "Alerts",
  summary: "Alerts about failures and recoveries with their recipients, newest first",
  query: pageQuerySchema,
  answer: listOf(alertSchema),
});

export const listAlertChannels = operation({
  id: "listAlertChannels",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "The channels that alerts are posted to, in addition to mails",
  answer: listOf(alertChannelSchema),
});

export const createAlertChannel = operation({
  id: "createAlertChannel",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "Send alerts to a webhook or to Slack",
  description: "A webhook’s signing secret is returned only here.",
  body: createAlertChannelSchema,
  answer: newAlertChannelSchema,
  status: 201,
});

export const patchAlertChannel = operation({
  id: "patchAlertChannel",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "Change a channel",
  params: byId,
  body: patchAlertChannelSchema,
  answer: alertChannelSchema,
});

export const deleteAlertChannel = operation({
  id: "deleteAlertChannel",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "Delete a channel",
  params: byId,
  answer: null,
});

export const testAlertChannel = operation({
  id: "testAlertChannel",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "Send a test to a channel",
  params: byId,
  answer: testAlertChannelSchema,
});

export const listMails = operation({
  id: "listMails",
  permission: "mail.read",
  tag: "Alerts",
  summary: "Mails of the organization, the newest first",
  query: pageQuerySchema,
  answer: listOf(mailSchema),
});

export const getMail = operation({
  id: "getMail",
  permission: "mail.read",
  tag: "Alerts",
  summary: "One mail with its text",
  description: "The text is kept only where no mail server is set.",
  params: byId,
  answer: mailWithTextSchema,
});
