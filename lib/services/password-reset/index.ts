// Resetting a forgotten password: by mail, and by an operator's command.
export { resetByLink, resetByOperator } from "./by-operator";
export { lookUpPasswordReset } from "./look-up";
export { canMailReset, requestPasswordReset } from "./request";
export { resetPassword } from "./reset";
