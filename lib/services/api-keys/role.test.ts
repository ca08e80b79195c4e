import { expect, it } from "vitest";
import { roleOf } from "./role";

it.each([
  ["of an admin's key", "admin", "u", "admin", "admin"],
  ["of a demoted admin's key", "admin", "u", "viewer", "viewer"],
  ["of a promoted member's key", "member", "u", "owner", "member"],
  ["of a removed owner's key", "owner", "u", null, null],
  ["of the first start's key", "owner", null, null, "owner"],
] as const)("the role %s", (_, role, createdBy, maker, expected) => {
  expect(roleOf({ role, createdBy }, maker)).toBe(expected);
});
