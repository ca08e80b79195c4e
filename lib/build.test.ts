import { expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { shortRevision, VERSION } from "./build";

it("is the version of package.json", () => {
  expect(VERSION).toBe(packageJson.version);
});

it.each([
  ["c6d99ba7d0f2f5a8f7f3c2d1e0b9a8f7e6d5c4b3", "c6d99ba7"],
  ["c6d99ba7", "c6d99ba7"],
  ["unknown", null],
  ["", null],
  ["$(git rev-parse HEAD)", null],
  ["<script>", null],
])("a revision of %j is %j", (revision, short) => {
  expect(shortRevision(revision)).toBe(short);
});
