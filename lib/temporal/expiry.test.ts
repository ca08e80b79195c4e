import { X509Certificate } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { makeCa, signedBy } from "@/testing/stack/certificates";
import { DAY, HOUR } from "../units";
import { expiryWarning } from "./expiry";

let year: Buffer;
let oneDay: Buffer;
beforeAll(async () => {
  const ca = await makeCa();
  year = Buffer.from((await signedBy(ca)).cert);
  // From two days ago until yesterday.
  oneDay = Buffer.from((await signedBy(ca, { isExpired: true })).cert);
});

const before = (certificate: Buffer, ms: number) =>
  new Date(new X509Certificate(certificate).validToDate.getTime() - ms);

it.each([
  [15 * DAY, null],
  [13 * DAY, "expires at"],
  [0, "expired at"],
  [-DAY, "expired at"],
])("warns of a year's certificate %d ms before its end: %s", (ms, words) => {
  const warning = expiryWarning(year, before(year, ms));
  if (words === null) expect(warning).toBeNull();
  else expect(warning).toContain(`TEMPORAL_TLS_CERT ${words}`);
});

it.each([
  [9 * HOUR, false],
  [7 * HOUR, true],
])("warns of a day's certificate in the last third of its life: %d ms before its end %s", (ms, warns) => {
  expect(expiryWarning(oneDay, before(oneDay, ms)) !== null).toBe(warns);
});
