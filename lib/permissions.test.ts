import { describe, expect, it } from "vitest";
import { type Grants, isAtLeast, may, PERMISSIONS, type Permission, ROLES, type Role, refusal } from "./permissions";

const user = (role: Role, operator = false): Grants => ({ kind: "user", role, operator, scopes: ["read", "write"] });
const key = (role: Role, ...scopes: Grants["scopes"]): Grants => ({ kind: "key", role, operator: false, scopes });

const all = Object.keys(PERMISSIONS) as Permission[];
const allowed = (who: Grants) => all.filter((permission) => may(who, permission));

describe("roles", () => {
  it("each may all that the one below may", () => {
    for (const [index, role] of ROLES.entries())
      for (const less of ROLES.slice(0, index))
        expect(allowed(user(role)), `${role} and ${less}`).toEqual(expect.arrayContaining(allowed(user(less))));
  });

  it("viewers read and manage themselves", () => {
    expect(allowed(user("viewer")).sort()).toEqual(["self", "view"]);
  });

  it("members also run, retry and see sample rows", () => {
    expect(allowed(user("member")).sort()).toEqual(["checks.start", "data.preview", "runs.start", "self", "view"]);
  });

  it("admins may all but what is the owners'", () => {
    const owners = allowed(user("owner")).filter((permission) => !may(user("admin"), permission));
    expect(owners.sort()).toEqual([
      "buckets.release",
      "connections.delete",
      "exports.delete",
      "keys.release",
      "mail.read",
      "organization.manage",
      "salts.replace",
    ]);
  });

  it("owners may all but what is the installation's", () => {
    const operators = all.filter((permission) => !may(user("owner"), permission));
    expect(operators.sort()).toEqual([
      "installation.manage",
      "organizations.create",
      "payloads.read",
      "projects.create",
      "source.manage",
    ]);
    for (const permission of operators) expect(may(user("viewer", true), permission)).toBe(true);
  });

  it("have an order", () => {
    expect(isAtLeast("admin", "member")).toBe(true);
    expect(isAtLeast("admin", "admin")).toBe(true);
    expect(isAtLeast("member", "admin")).toBe(false);
  });
});

describe("API keys", () => {
  it("that read only read", () => {
    expect(allowed(key("owner", "read"))).toEqual(["view"]);
  });

  it("that write don't read", () => {
    expect(may(key("owner", "write"), "view")).toBe(false);
    expect(may(key("owner", "write"), "exports.delete")).toBe(true);
  });

  it("may no more than their maker", () => {
    for (const role of ROLES)
      expect(allowed(user(role))).toEqual(expect.arrayContaining(allowed(key(role, "read", "write"))));
  });

  it("never manage people, keys or accounts, whoever made them", () => {
    const people = all.filter((permission) => PERMISSIONS[permission].key === null);
    expect(people).toEqual(expect.arrayContaining(["people.manage", "keys.manage", "self", "projects.create"]));
    for (const permission of people)
      expect(may({ ...key("owner", "read", "write"), operator: true }, permission)).toBe(false);
  });
});

describe("a refusal", () => {
  it.each<[Grants, Permission, string]>([
    [
      user("admin"),
      "exports.delete",
      "Only owners can delete exports. You are an admin: ask an owner of the organization.",
    ],
    [
      user("viewer"),
      "runs.start",
      "Only members and higher roles can run, retry, and cancel. You are a viewer: ask an owner of the organization.",
    ],
    [
      key("member", "read", "write"),
      "exports.manage",
      "Only admins and higher roles can create and change exports. This API key's creator is a member: ask an owner of the organization.",
    ],
    [
      key("owner", "read"),
      "runs.start",
      'This API key doesn\'t have the scope "write". Use a key that has it, or sign in.',
    ],
    [
      key("owner", "read", "write"),
      "people.manage",
      "API keys can't invite, change, and remove people. Sign in to do this.",
    ],
    [user("owner"), "projects.create", "Only operators of this installation can create projects."],
  ])("says who may: %o, %s", (who, permission, words) => {
    expect(refusal(who, permission)).toBe(words);
  });
});
