import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { requireTruncationErrors } from "./truncation";

it("takes a Node that notices a stream that was cut off", async () => {
  await requireTruncationErrors();
});

it("refuses a Node that ends such a stream as if it were whole, with what to do", async () => {
  await expect(requireTruncationErrors(() => new PassThrough())).rejects.toThrow(/Node v.*newest Node/);
});
