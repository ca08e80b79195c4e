import { expect, it } from "vitest";
import { defined } from "./defined";

it("leaves out undefined fields, and keeps null and other empty values", () => {
  const stored = { name: "Events", prefix: "a/", limit: 3, paused: true };
  const changes = { name: undefined, prefix: null, limit: 0, paused: false };
  expect({ ...stored, ...defined(changes) }).toEqual({ name: "Events", prefix: null, limit: 0, paused: false });
  expect(Object.keys(defined(changes))).toEqual(["prefix", "limit", "paused"]);
});
