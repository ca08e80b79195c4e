import { expect, it } from "vitest";
import { bounded } from "./bounded";

/** Work that ends only with its signal, as a canceled query does: by an error of its own. */
const endless = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("canceled")));
  });
const never = new AbortController().signal;

it("gives back what the work gives, or its error", async () => {
  expect(await bounded("events", never, async () => 5)).toBe(5);
  const failing = bounded("events", never, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
});

it("ends work that takes too long, for good", async () => {
  await expect(bounded("events", never, endless, 20)).rejects.toMatchObject({
    failure: { code: "count_too_long", retryable: false, message: expect.stringContaining("the rows of events takes") },
  });
});

it("ends work with the signal, and throws its reason", async () => {
  const reason = new Error("the step was canceled");
  const ended = bounded("events", AbortSignal.any([AbortSignal.timeout(20), never]), endless);
  await expect(ended).rejects.toMatchObject({ name: "TimeoutError" });
  await expect(bounded("events", AbortSignal.abort(reason), () => Promise.reject(new Error("no")))).rejects.toBe(
    reason,
  );
});
