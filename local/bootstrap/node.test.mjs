import { expect, it } from "vitest";
import { isSupported } from "./node.mjs";

it.each([
  ["v20.19.0", false],
  ["v22.14.0", false],
  ["v22.15.0", true],
  ["v23.11.0", false],
  ["v24.0.0", true],
  ["v26.1.0\n", true],
  ["", false],
])("Node %s: %s", (version, supported) => expect(isSupported(version)).toBe(supported));
