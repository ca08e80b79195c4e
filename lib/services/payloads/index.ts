// Temporal's payloads for people who look at them with Temporal's own tools.
export { decodePayloads, hasCodecToken, requireOwnNamespace } from "./decode";
export { uiHeaders } from "./ui-headers";
