// Invitations to an organization.
export { acceptInvitation } from "./accept";
export { invite } from "./create";
export { listInvitations } from "./list";
export { lookUpInvitation } from "./look-up";
export { resendInvitation } from "./resend";
export { revokeInvitation } from "./revoke";
export { revokeInvitationsOf } from "./revoke-of";
