// Webhooks and Slack channels that alerts are posted to.
export { createAlertChannel } from "./create";
export { deleteAlertChannel } from "./delete";
export { listAlertChannels } from "./list";
export { loadChannel } from "./load";
export { patchAlertChannel } from "./patch";
export { postToChannel } from "./post";
export { channelAad } from "./secrets";
