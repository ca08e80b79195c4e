// Alerts: raised, worded, and delivered by mail and to channels.
export { deliverDue, deliverSoon } from "./deliver";
export { HISTORIC } from "./facts";
export { listAlerts } from "./list";
export { raiseAlert } from "./raise";
export { receiptPosts } from "./receipt-posts";
export { testAlertChannel } from "./test-channel";
export { openCause, wasReported } from "./was-reported";
