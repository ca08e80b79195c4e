import { describe, expect, it } from "vitest";
import { SMALL, SmallRoom } from "./small-room";

const rooms = (count: number, organizationId = "a") =>
  Array.from({ length: count }, () => new SmallRoom(organizationId));

const giveBack = (all: SmallRoom[]) => {
  for (const room of all) room.giveBack();
};

describe("room for small plans", () => {
  it("is only for small ones", () => {
    const [room] = rooms(1);
    expect(room!.take(SMALL)).toBe(false);
    expect(room!.isTaken).toBe(false);
    expect(room!.take(SMALL - 1)).toBe(true);
    expect(room!.isTaken).toBe(true);
    giveBack([room!]);
    expect(room!.isTaken).toBe(false);
  });

  it.each([
    ["bytes of all", SMALL - 1, 4, (at: number) => `organization ${at}`],
    ["steps of one organization", 0, 16, () => "a"],
  ])("ends at some %s, and begins again with what is given back", (_, bytes, most, organization) => {
    const taken = Array.from({ length: most }, (__, at) => new SmallRoom(organization(at)));
    expect(taken.map((room) => room.take(bytes))).toEqual(taken.map(() => true));
    const late = new SmallRoom(organization(0));
    expect(late.take(Math.max(bytes, 1))).toBe(false);
    taken[0]!.giveBack();
    taken[0]!.giveBack();
    expect(late.take(bytes)).toBe(true);
    giveBack([...taken, late]);
  });

  it("is left to other organizations by one that has many steps", () => {
    const taken = rooms(20);
    expect(taken.filter((room) => room.take(0))).toHaveLength(16);
    const [other] = rooms(1, "b");
    expect(other!.take(0)).toBe(true);
    giveBack([...taken, other!]);
  });
});
