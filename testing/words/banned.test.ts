import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { BANNED } from "./banned";
import { docTexts } from "./docs";
import { bannedIn } from "./held";
import { allTexts } from "./list";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("the words of the product", () => {
  it("has none of the banned words", () => {
    expect(bannedIn(allTexts(ROOT), BANNED)).toEqual([]);
  });

  it("has none of them in its documentation", () => {
    const docs = docTexts(ROOT);
    expect(docs.length).toBeGreaterThan(20);
    expect(bannedIn(docs, BANNED)).toEqual([]);
  });

  it("finds texts in every folder", () => {
    const folders = new Set(allTexts(ROOT).map(({ file }) => file.split("/")[0]));
    expect([...folders]).toEqual(["app", "components", "lib", "local", "server", "verifier", "worker"]);
  });
});

describe("a banned word", () => {
  const found = (text: string, file = "components/x.tsx") => bannedIn([{ file, texts: [{ line: 1, text }] }], BANNED);

  it.each([
    "Ask whoever invited you",
    "Each run stands here",
    "None is called so.",
    "Historic exports and retries still may.",
    "You may not see its rows.",
    "Made by",
    "Asked by",
    "Make key",
    "What was told in this organization",
    "The link has a slip in it",
    "Where it leads",
    "Puts away the parts of an upload that broke off",
    "The window is exported anew.",
    "Paused by a person",
    "A person, or a one-time export",
    "You are no member of it",
    "To your exports",
    "Who hasn’t come yet",
    "The run was cancelled",
    "Done",
    "Too big: expected string to have <=120 characters",
    "Invalid input: expected string, received undefined",
    "This email and password don't go together",
    "kmsKeyId goes only with the encryption aws:kms",
    "Not tried, because an earlier step failed.",
    "The export has paused itself",
    "Temporal knows nothing of this installation.",
    "Must be a mail address.",
    "A run could not be started.",
    "uid is no column of events",
    "Enter the access key id",
  ])("is found in “%s”", (text) => {
    expect(found(text)).not.toEqual([]);
  });

  it.each([
    "Paused by Ada",
    "Last seen",
    "Try again in a moment.",
    "Completed",
    "Families",
    "A person is written as one row.",
  ])("is not found in “%s”", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("stays where it is the right word", () => {
    expect(found("Done", "components/activity/activity-table.tsx")).toEqual([]);
  });
});
