import { expect, it } from "vitest";
import type { ReservedKeys } from "@/lib/schemas/reserved-keys";
import { leftKeys } from "./left-keys";

const reserved = (values: Partial<ReservedKeys>): ReservedKeys => ({
  exportId: "a",
  exportName: "A",
  isDeleted: false,
  endpoint: "aws",
  bucket: "b",
  count: 1,
  exampleKey: "k",
  canBeReleased: true,
  ...values,
});

it("are those that can be released, one entry for each export", () => {
  const items = [
    reserved({ count: 2 }),
    reserved({ bucket: "c", count: 3, exampleKey: "l" }),
    reserved({ bucket: "d", canBeReleased: false }),
    reserved({ exportId: "b", exportName: "B", isDeleted: true }),
    reserved({ exportId: "c", canBeReleased: false }),
  ];
  expect(leftKeys(items)).toEqual([
    { exportId: "a", exportName: "A", isDeleted: false, buckets: ["b", "c"], count: 5, exampleKey: "k" },
    { exportId: "b", exportName: "B", isDeleted: true, buckets: ["b"], count: 1, exampleKey: "k" },
  ]);
});
