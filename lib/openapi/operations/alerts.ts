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
  summary: "List alerts with their recipients, the newest first",
  query: pageQuerySchema,
  answer: listOf(alertSchema),
});

export const listAlertChannels = operation({
  id: "listAlertChannels",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "List alert channels",
  answer: listOf(alertChannelSchema),
});

export const createAlertChannel = operation({
  id: "createAlertChannel",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "Create an alert channel: a webhook or Slack",
  description: "A webhook’s signing secret is returned only here.",
  body: createAlertChannelSchema,
  answer: newAlertChannelSchema,
  status: 201,
});

export const patchAlertChannel = operation({
  id: "patchAlertChannel",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "Update an alert channel",
  params: byId,
  body: patchAlertChannelSchema,
  answer: alertChannelSchema,
});

export const deleteAlertChannel = operation({
  id: "deleteAlertChannel",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "Delete an alert channel",
  params: byId,
  answer: null,
});

export const testAlertChannel = operation({
  id: "testAlertChannel",
  permission: "alerts.manage",
  tag: "Alerts",
  summary: "Send a test message to an alert channel",
  params: byId,
  answer: testAlertChannelSchema,
});

export const listMails = operation({
  id: "listMails",
  permission: "mail.read",
  tag: "Alerts",
  summary: "List the organization's emails, the newest first",
  query: pageQuerySchema,
  answer: listOf(mailSchema),
});

export const getMail = operation({
  id: "getMail",
  permission: "mail.read",
  tag: "Alerts",
  summary: "Get an email with its text",
  description: "The text is stored only if no mail server is configured.",
  params: byId,
  answer: mailWithTextSchema,
});
