// The source's settings, and the verification of ClickHouse.
export { getSource } from "./get";
export { patchSource } from "./patch";
export { AS_IT_COMES, loadSource, type SourceSettings, settleSecondsOf } from "./settings";
export { verifySource } from "./verify";
