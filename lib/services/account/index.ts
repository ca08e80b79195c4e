// A person's own account: profile, password, sessions.
export { changePassword } from "./change-password";
export { endOtherSessions } from "./end-other-sessions";
export { endSession } from "./end-session";
export { insertLogin } from "./insert-login";
export { listSessions } from "./list-sessions";
export { patchMe } from "./patch-me";
export { signUp } from "./sign-up";
export { switchPlace } from "./switch-place";
