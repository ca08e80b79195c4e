import { canonicalJson, signedText } from "../../lib/receipts/canonical";
import { sha256Hex, textOf, utf8 } from "./bytes";
import { messageOf, type Reporter } from "./finding";
import { type Link, type Receipt1, type Receipt2, receipt1, receipt2, type VoidLink, voidLink } from "./shapes/receipt";
import type { Shape } from "./shapes/shape";
import type { Tools } from "./tools";

/** A receipt or a void link, as it was read. */
export interface Read<T> {
  document: T;
  /** The receipt's hash: without its signature, or of all bytes for version 1. */
  hash: string;
  /** Of all bytes. */
  bytesHash: string;
}

export interface ReadFailure {
  problem: string;
}

/** The first character that differs, for a message that helps. */
function difference(expected: string, found: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  const near = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 12), at + 12));
  return `${near(found)} instead of ${near(expected)} at character ${at}`;
}

const versionOf = (value: unknown) => (value as { version?: unknown } | null)?.version;
const typeOf = (value: unknown) => (value as { type?: unknown } | null)?.type;

/** The only text that says this: as Penstock writes it. */
const serialized = (value: object) =>
  versionOf(value) === 1 ? `${JSON.stringify(value, null, 2)}\n` : canonicalJson(value);

function shapeOf(value: unknown): Shape<unknown> | string {
  const version = versionOf(value);
  if (version === 1) return receipt1;
  if (version !== 2) return `version ${JSON.stringify(version) ?? "missing"}, which this verifier doesn't support`;
  return typeOf(value) === "void" ? voidLink : receipt2;
}

/** Reads a statement, and says what is wrong with its bytes or its members. */
export function readStatement(bytes: Uint8Array, tools: Tools): Read<Receipt1 | Link> | ReadFailure {
  try {
    const text = textOf(bytes);
    const parsed: unknown = JSON.parse(text);
    const shape = shapeOf(parsed);
    if (typeof shape === "string") return { problem: shape };
    const only = serialized(parsed as object);
    if (only !== text) return { problem: `other bytes: ${difference(only, text)}` };
    const problem = shape(parsed, "");
    if (problem) return { problem };
    const document = parsed as Receipt1 | Link;
    const bytesHash = sha256Hex(tools, bytes);
    const hash = document.version === 1 ? bytesHash : hashOf(document, tools);
    return { document, hash, bytesHash };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

const hashOf = (link: Link, tools: Tools): string => sha256Hex(tools, utf8(signedText(link)));

export const isVoid = (link: Receipt1 | Link): link is VoidLink => link.version === 2 && link.type === "void";
export const isReceipt2 = (link: Receipt1 | Link): link is Receipt2 => link.version === 2 && link.type === "receipt";

/** Reads a statement, and reports how it is written. */
export function reportStatement(bytes: Uint8Array, tools: Tools, reporter: Reporter): Read<Receipt1 | Link> | null {
  const read = readStatement(bytes, tools);
  if ("problem" in read) {
    reporter.wrong("form", "a receipt exactly as Penstock writes it", read.problem);
    return null;
  }
  reporter.ok("form", `version ${read.document.version}`);
  return read;
}
