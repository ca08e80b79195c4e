import { expect, it } from "vitest";
import { fromDrop, fromPicker, type Given } from "../browser/given";
import { makeReport, verdictOf } from "../browser/report";

const file = (name: string, webkitRelativePath = "") =>
  Object.defineProperty(new File(["x"], name), "webkitRelativePath", { value: webkitRelativePath });
const names = ({ files }: Given) => files.map(({ name }) => name);

const fileEntry = (name: string) => ({
  isDirectory: false,
  name,
  file: (resolve: (file: File) => void) => resolve(file(name)),
});

/** Gives two entries at a time, as browsers give a hundred. */
function folderEntry(name: string, entries: object[]) {
  const createReader = () => {
    let at = 0;
    return {
      readEntries(resolve: (entries: object[]) => void) {
        resolve(entries.slice(at, at + 2));
        at += 2;
      },
    };
  };
  return { isDirectory: true, name, createReader };
}

const transfer = (entries: { name: string }[]) =>
  ({
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    files: entries.map(({ name }) => file(name)),
  }) as unknown as DataTransfer;

it("takes a dropped folder as the place", async () => {
  const below = folderEntry("prod", ["a", "b", "c"].map(fileEntry));
  const given = await fromDrop(transfer([folderEntry("copy", [below, fileEntry("d")])]));
  expect(given.isLoose).toBe(false);
  expect(names(given)).toEqual(["prod/a", "prod/b", "prod/c", "d"]);
});

it("takes several dropped items as what lies in the place", async () => {
  const given = await fromDrop(transfer([folderEntry("prod", [fileEntry("a")]), fileEntry("b")]));
  expect(names(given)).toEqual(["prod/a", "b"]);
});

it("takes single files as such, and knows where keys belong", async () => {
  const given = await fromDrop(transfer([fileEntry("a.json"), fileEntry("keys.json")]));
  expect(given.isLoose).toBe(true);
  expect(names(given)).toEqual(["a.json", "_penstock/keys.json"]);
});

it("takes a picked folder without its own name", () => {
  const list = [file("a", "copy/prod/a"), file("b", "copy/b")] as unknown as FileList;
  expect(names(fromPicker(list))).toEqual(["prod/a", "b"]);
});

it("says that nothing could be checked where nothing is", async () => {
  const report = await makeReport({ files: [], isLoose: true }, null, () => {});
  expect(verdictOf(report)).toEqual({ status: "unknown", text: "Not checked: 1 of 1 check" });
});
