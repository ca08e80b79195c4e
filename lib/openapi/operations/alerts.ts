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
  method: "GET",
  path: "/api/alerts",
  tag: "Alerts",
  summary: "What was told of failures and recoveries, to whom, the newest first",
  query: pageQuerySchema,
  answer: listOf(alertSchema),
});

export const listAlertChannels = operation({
  id: "listAlertChannels",
  permission: "alerts.manage",
  method: "GET",
  path: "/api/alert-channels",
  tag: "Alerts",
  summary: "Where alerts go besides the mails",
  answer: listOf(alertChannelSchema),
});

export const createAlertChannel = operation({
  id: "createAlertChannel",
  permission: "alerts.manage",
  method: "POST",
  path: "/api/alert-channels",
  tag: "Alerts",
  summary: "Send alerts to a webhook or to Slack",
  description: "A webhook’s signing secret is answered only here.",
  body: createAlertChannelSchema,
  answer: newAlertChannelSchema,
  status: 201,
});

export const patchAlertChannel = operation({
  id: "patchAlertChannel",
  permission: "alerts.manage",
  method: "PATCH",
  path: "/api/alert-channels/{id}",
  tag: "Alerts",
  summary: "Change a channel",
  params: byId,
  body: patchAlertChannelSchema,
  answer: alertChannelSchema,
});

export const deleteAlertChannel = operation({
  id: "deleteAlertChannel",
  permission: "alerts.manage",
  method: "DELETE",
  path: "/api/alert-channels/{id}",
  tag: "Alerts",
  summary: "Delete a channel",
  params: byId,
  answer: null,
});

export const testAlertChannel = operation({
  id: "testAlertChannel",
  permission: "alerts.manage",
  method: "POST",
  path: "/api/alert-channels/{id}/test",
  tag: "Alerts",
  summary: "Send a test to a channel",
  params: byId,
  answer: testAlertChannelSchema,
});

export const listMails = operation({
  id: "listMails",
  permission: "mail.read",
  method: "GET",
  path: "/api/mails",
  tag: "Alerts",
  summary: "Mails of the organization, the newest first",
  query: pageQuerySchema,
  answer: listOf(mailSchema),
});

export const getMail = operation({
  id: "getMail",
  permission: "mail.read",
  method: "GET",
  path: "/api/mails/{id}",
  tag: "Alerts",
  summary: "One mail with its text",
  description: "The text is kept only where no mail server is set.",
  params: byId,
  answer: mailWithTextSchema,
});
