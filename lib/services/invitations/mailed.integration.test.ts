import { expect, it } from "vitest";
import { makeSession } from "@/testing/api/session";
import { makeTenant, makeUser } from "@/testing/api/tenant";
import { spawnWeb } from "@/testing/stack/spawn-web";

it("an inviter doesn't see the link where a mail has it: only who reads the mail proves that the address is theirs", async () => {
  const web = await spawnWeb({ SMTP_URL: "smtp://127.0.0.1:9" });
  try {
    const session = await makeSession(await makeUser(await makeTenant(), "admin"));
    const answer = await fetch(`${web.web}/api/invitations`, {
      method: "POST",
      headers: { ...session, origin: web.web, "content-type": "application/json" },
      body: JSON.stringify({ email: "somebody-else@penstock.test", role: "viewer" }),
    });
    expect(answer.status).toBe(201);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ link: null, mailed: true });
    expect(text).not.toContain("/invite#");
  } finally {
    await web.stop();
  }
});
