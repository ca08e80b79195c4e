import { createHash } from "node:crypto";
import { signedText } from "./canonical";

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The hash by which a chain names a link: of its canonical bytes without the signature. */
export const linkHash = (link: object): string => sha256Of(signedText(link));
