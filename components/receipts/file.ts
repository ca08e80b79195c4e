import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Receipt } from "@/lib/fields/receipt";
import { canonicalJson, signedText } from "@/lib/receipts/canonical";
import type { Certificate } from "@/lib/schemas/receipt";

export interface JsonFile {
  name: string;
  /** What the file holds, to the byte: a signature covers exactly these. */
  text: string;
}

/** A receipt as a file: the bytes of its manifest. Those of version 1 are indented. */
export const receiptFile = (receipt: Receipt): JsonFile =>
  receipt.version === 1
    ? { name: `receipt-${receipt.runId}.json`, text: indented(receipt) }
    : { name: `receipt-${receipt.sequence}.json`, text: canonicalJson(receipt) };

export const certificateFile = (certificate: Certificate): JsonFile => ({
  name: `certificate-${inFileName(certificate.from)}-${inFileName(certificate.to)}.json`,
  text: canonicalJson(certificate),
});

/** A statement to read. */
export const indented = (statement: object): string => JSON.stringify(statement, null, 2);

/** `2026-11-01` for midnight, else `2026-11-01T1430`: file names can't contain colons everywhere. */
function inFileName(iso: string): string {
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 16).replace(":", "")];
  return time === "0000" ? day : `${day}T${time}`;
}

/** The hash by which a chain names a link. WebCrypto has none on pages without TLS. */
export const hashOf = (link: { signature?: unknown }): string => bytesToHex(sha256(utf8ToBytes(signedText(link))));
