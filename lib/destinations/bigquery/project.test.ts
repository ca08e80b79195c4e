import { describe, expect, it } from "vitest";
import { bigqueryConfigSchema } from "./schema";
import { bigqueryScript } from "./script";
import { fullName } from "./targets";

const given = (projectId: string) => ({ projectId, dataset: "analytics" });

/**
 * Projects of old organizations have a domain in their id, and those of sovereign clouds a short prefix. Sources:
 * jclouds/jclouds#990 and openshift/installer#10691, for the address of a service account too.
 */
describe.each([
  ["example.com:my-project", "penstock@my-project.example.com.iam.gserviceaccount.com"],
  ["eu0:my-project", "penstock@my-project.eu0.iam.gserviceaccount.com"],
  ["my-project", "penstock@my-project.iam.gserviceaccount.com"],
])("the project %s", (projectId, email) => {
  const config = bigqueryConfigSchema.parse(given(projectId));

  it("is quoted as one name", () => {
    expect(fullName(config, "events")).toBe(`\`${projectId}\`.\`analytics\`.\`events\``);
  });

  it("is set up with the address of its service account", () => {
    const script = bigqueryScript(config);
    expect(script).toContain(`--member="serviceAccount:${email}"`);
    expect(script).toContain(`mk --force --dataset ${projectId}:analytics`);
  });
});

it.each([
  "My-Project",
  "example.com:",
  ":my-project",
  "a:b:my-project",
  "example..com:my-project",
  "my.project",
  "x`y",
])("refuses %j as a project", (projectId) => {
  expect(bigqueryConfigSchema.safeParse(given(projectId)).success).toBe(false);
});
