import { describe, expect, it } from "vitest";
import { invitationMail } from "./mail";

const mail = {
  organization: "Acme <b>& Sons</b>",
  inviter: 'Ada "the\r\nBcc: eve@example.com" L\'A',
  role: "admin" as const,
  link: "https://penstock.example/invite#abc",
  expiresAt: new Date("2026-03-08T12:30:00Z"),
};

describe("an invitation's mail", () => {
  it("says who invites to what, with the link and how long it works", () => {
    const { subject, text } = invitationMail({ ...mail, organization: "Acme", inviter: "Ada" });
    expect(subject).toBe("Join Acme in Penstock");
    expect(text).toContain("Ada invites you to join “Acme” in Penstock as an admin.");
    expect(text).toContain("\nhttps://penstock.example/invite#abc\n");
    expect(text).toContain("until 2026-03-08 12:30 UTC");
  });

  it("lets nobody write HTML by a name", () => {
    const { html } = invitationMail(mail);
    expect(html).toContain("Acme &lt;b&gt;&amp; Sons&lt;/b&gt;");
    expect(html).toContain("&quot;the Bcc");
    expect(html).toContain("L&#39;A");
    expect(html).not.toContain("<b>");
  });

  it("lets nobody add lines by a name", () => {
    const { subject, text } = invitationMail({ ...mail, organization: "Acme\r\nBcc: eve@example.com" });
    expect(subject).toBe("Join Acme Bcc: eve@example.com in Penstock");
    expect(text).not.toContain("\r");
  });

  it("does without a name", () => {
    expect(invitationMail({ ...mail, inviter: null, role: "viewer" }).text).toContain("An owner invites you");
  });
});
