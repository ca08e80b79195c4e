import fc from "fast-check";
import { expect, it } from "vitest";
import { needsWorkspace, pathBelowWorkspace, pathIn } from "./workspace-path";

const here = { organizationId: "org", projectId: "project" };
const empty = { organizationId: "org", projectId: null };

it.each([
  [here, "/exports", "/o/org/p/project/exports"],
  [here, "/exports?state=Failed", "/o/org/p/project/exports?state=Failed"],
  [here, "/exports/1/edit", "/o/org/p/project/exports/1/edit"],
  [here, "/connections#buckets", "/o/org/p/project/connections#buckets"],
  [here, "/activity", "/o/org/p/project/activity"],
  [here, "/settings/members", "/o/org/settings/members"],
  [here, "/account", "/o/org/account"],
  [here, "/sign-in?next=/exports", "/sign-in?next=/exports"],
  [here, "/exportsx", "/exportsx"],
  [here, "/o/other/p/else/exports", "/o/other/p/else/exports"],
  [empty, "/exports/1", "/o/org"],
  [empty, "/settings/projects", "/o/org/settings/projects"],
])("%j: %s is %s", (workspace, path, expected) => expect(pathIn(workspace, path)).toBe(expected));

it.each([
  ["/o/org/p/project/exports/1?run=2", "/exports/1?run=2"],
  ["/o/org/settings/members", "/settings/members"],
  ["/o/org", "/"],
  ["/o/org/p/project", "/"],
  ["/verify", "/verify"],
])("below the workspace, %s is %s", (path, expected) => expect(pathBelowWorkspace(path)).toBe(expected));

it("leads back from every page of a workspace", () => {
  const rest = fc.stringMatching(/^(\/[\w-]+){0,3}(\?[\w=&]*)?$/);
  const place = fc.constantFrom("exports", "connections", "activity", "settings", "account");
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), place, rest, (organizationId, projectId, first, more) => {
      const path = `/${first}${more}`;
      const full = pathIn({ organizationId, projectId }, path);
      expect(full).not.toBe(path);
      expect(pathBelowWorkspace(full)).toBe(path);
      // Resolved twice, a path stays the same.
      expect(pathIn({ organizationId, projectId }, full)).toBe(full);
      expect(needsWorkspace(path)).toBe(true);
      expect(needsWorkspace(full)).toBe(false);
    }),
  );
});
