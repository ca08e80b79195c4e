import { exactly, matching, oneOf, type Shape, text } from "./shape";

const isTime = (value: string) => {
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
};

/** One text for each time, so times can be compared as text. */
export const time: Shape<string> = (value, path) =>
  typeof value === "string" && isTime(value) ? null : `${path} is not a time in UTC with milliseconds`;

export const hash = matching("a SHA-256 in lower-case hex", /^[0-9a-f]{64}$/);
export const id = matching("a lower-case UUID", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** As text, because fingerprints exceed what a double can hold. */
export const fingerprint = matching("a whole number as text", /^(0|[1-9][0-9]*)$/);

/** Its own bytes are what is not signed, so it has nothing but these members. */
export const signature = exactly({ alg: oneOf("EdDSA"), kid: text, value: text });
