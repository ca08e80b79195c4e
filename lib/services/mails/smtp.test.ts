import { describe, expect, it } from "vitest";
import { smtpFailure } from "./smtp";

const failed = (code: string, responseCode?: number) =>
  Object.assign(new Error("secret answer of the other side"), { code, responseCode, response: "secret answer" });

describe("why a mail was not sent", () => {
  it.each([
    [failed("EAUTH", 535), /user and password in SMTP_URL \(535\)/, false],
    [failed("EENVELOPE", 550), /recipient \(550\)/, true],
    [failed("EENVELOPE", 450), /recipient \(450\)/, false],
    [failed("EMESSAGE", 552), /refuses the email \(552\)/, true],
    [failed("EMESSAGE", 452), /refuses the email \(452\)/, false],
    [failed("ETLS"), /TLS/, false],
    [failed("EDNS"), /resolved/, false],
    [failed("ETIMEDOUT"), /in time/, false],
    [failed("ESOCKET"), /reached/, false],
    [failed("EPROTOCOL"), /^(?!.*reached).*understood/, false],
    [failed("ECONNECTION", 421), /reached \(421\)/, false],
    [failed("EWHATEVER"), /didn't accept the email/, false],
    [undefined, /didn't accept the email/, false],
  ])("%o", (error, message, final) => {
    const failure = smtpFailure(error);
    expect(failure.message).toMatch(message);
    expect(failure.final).toBe(final);
    expect(failure.message).not.toContain("secret");
  });
});
