import { expect, it } from "vitest";
import { resetMail } from "./mail";

it("has the link and its expiry, and says that nothing changes if the request wasn't yours", () => {
  const mail = resetMail({
    link: "https://penstock.example/reset-password#a&b",
    expiresAt: new Date("2026-03-08T12:30:00Z"),
  });
  expect(mail.subject).toBe("Reset your Penstock password");
  expect(mail.text).toContain("\nhttps://penstock.example/reset-password#a&b\n");
  expect(mail.text).toContain("once, until 2026-03-08 12:30 UTC");
  expect(mail.text).toContain("your password stays as it is");
  expect(mail.html).toContain('href="https://penstock.example/reset-password#a&amp;b"');
});
