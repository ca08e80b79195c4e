// Which installation a database belongs to, and what happens when it was restored or copied.
export { checkInstallation, hold } from "./check";
export { decide, decideInstallation } from "./decide";
export { getInstallation, isHeld, readInstallation } from "./get";
export { hereOf } from "./here";
export { placeHere } from "./place-here";
export { lockInstallation, raiseGeneration } from "./raise";
export { requireNotHeld } from "./require-not-held";
