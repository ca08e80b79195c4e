import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { alertChannels, auditLog, connections, projects } from "@/lib/db/schema";
import { s3ConfigSchema } from "@/lib/destinations/s3/schema";
import { listAlertChannels } from "@/lib/services/alert-channels";
import { getConnection } from "@/lib/services/connections";
import { listProjects, replaceSalt, saltOf } from "@/lib/services/projects";
import { openProject, type TestProject } from "@/testing/runs/project";
import { findLost } from "./lost-keys";

/** Sealed with a key that no server has. */
const lost = (key: string) => `v1.${key}.${Buffer.alloc(60).toString("base64")}`;
const key = `lost${randomUUID().slice(0, 8)}`;

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(async () => {
  await getDb()
    .delete(alertChannels)
    .where(eq(alertChannels.secrets, lost(key)));
  await project.close();
});

describe("what was encrypted with a lost key", () => {
  it("is found by table and key, also if another key has its name", async () => {
    const { organizationId } = project.actor;
    const row = { organizationId, projectId: project.id, type: "s3" as const, name: "Lost" };
    const config = s3ConfigSchema.parse({ bucket: "a-bucket", region: "us-east-1", accessKeyId: "id" });
    const [connection] = await getDb()
      .insert(connections)
      .values({ ...row, config, secrets: lost(key) })
      .returning();
    await getDb()
      .insert(alertChannels)
      .values({ organizationId, kind: "slack", name: "Lost", host: "hooks.slack.com", secrets: lost(key) });
    const { lost: found, hasOpened } = await findLost(getDb());
    expect(hasOpened).toBe(true);
    expect(found).toContainEqual({ table: "connections", key, values: 1 });
    expect(found).toContainEqual({ table: "alert_channels", key, values: 1 });
    expect(
      found.some((one) => one.key !== key && one.table === "connections"),
      "keys that open something",
    ).toBe(false);

    expect(await getConnection(project.actor, { id: connection!.id })).toMatchObject({ secretUnreadable: true });
    const { items } = await listAlertChannels(project.actor);
    expect(items.find(({ name }) => name === "Lost")).toMatchObject({ secretUnreadable: true });
  });
});

describe("a project's salt", () => {
  const listed = async () => (await listProjects(project.actor)).items.find(({ id }) => id === project.id);

  it("stays while it can be opened", async () => {
    const salt = await saltOf(getDb(), project.id);
    await expect(replaceSalt(project.actor, { projectId: project.id })).rejects.toMatchObject({
      code: "salt_readable",
    });
    expect(await saltOf(getDb(), project.id)).toBe(salt);
    expect(await listed()).toMatchObject({ saltUnreadable: false });
  });

  it("is replaced, and that is recorded, once its key is lost", async () => {
    const before = await saltOf(getDb(), project.id);
    await getDb()
      .update(projects)
      .set({ hashSalt: lost(key) })
      .where(eq(projects.id, project.id));
    expect(await listed()).toMatchObject({ saltUnreadable: true });
    await expect(saltOf(getDb(), project.id)).rejects.toMatchObject({ failure: { code: "salt_unreadable" } });
    expect(await replaceSalt(project.actor, { projectId: project.id })).toMatchObject({ saltUnreadable: false });
    expect(await saltOf(getDb(), project.id)).not.toBe(before);
    const [entry] = await getDb().select().from(auditLog).where(eq(auditLog.action, "project.salt"));
    expect(entry).toMatchObject({ objectId: project.id });
  });
});
