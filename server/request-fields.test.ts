import { expect, test } from "vitest";
import { requestFields } from "./request-fields";

const UUID = /^[0-9a-f-]{36}$/;
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

test.each([
  ["nothing", undefined, UUID],
  ["a proxy's id", "7f000001:c350-1", /^7f000001:c350-1$/],
  ["a forged line", 'x","level":60', UUID],
  ["an endless one", "a".repeat(65), UUID],
])("a request with %s has an id", (_, given, expected) => {
  expect(requestFields(given === undefined ? {} : { "x-request-id": given }).requestId).toMatch(expected);
});

test.each([
  [undefined, undefined],
  [`00-${TRACE}-00f067aa0ba902b7-01`, TRACE],
  [`cc-${TRACE}-00f067aa0ba902b7-01-later`, TRACE],
  [`ff-${TRACE}-00f067aa0ba902b7-01`, undefined],
  [`00-${"0".repeat(32)}-00f067aa0ba902b7-01`, undefined],
  [`00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`, undefined],
  ["nonsense", undefined],
])("the traceparent %s belongs to the trace %s", (traceparent, traceId) => {
  expect(requestFields(traceparent === undefined ? {} : { traceparent }).traceId).toBe(traceId);
});
