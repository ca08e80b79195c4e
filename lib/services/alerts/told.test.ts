import { describe, expect, it } from "vitest";
import { toldByMail } from "./told";

const mail = (to: string, state: "sent" | "kept" | "failed", error: string | null = null) => ({ to, state, error });

describe("who was told by mail", () => {
  const mails = [mail("a@x.test", "sent"), mail("b@x.test", "sent"), mail("c@x.test", "failed", "No.")];

  it("is shown by address to those who may see addresses", () => {
    expect(toldByMail(mails, true)).toEqual(mails.map((each) => ({ channel: "mail", ...each })));
  });

  it("is a number of people for everybody else", () => {
    expect(toldByMail(mails, false)).toEqual([
      { channel: "mail", to: "2 people", state: "sent", error: null },
      { channel: "mail", to: "1 person", state: "failed", error: "No." },
    ]);
    expect(toldByMail([], false)).toEqual([]);
  });
});
