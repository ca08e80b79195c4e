import { listOf } from "@/lib/fields/common";
import {
  changePasswordSchema,
  lookUpPasswordResetSchema,
  meSchema,
  openPasswordResetSchema,
  patchMeSchema,
  requestPasswordResetSchema,
  resetPasswordSchema,
  sessionSchema,
  signUpSchema,
  switchSchema,
} from "@/lib/schemas/me";
import { operation } from "../operation";
import { bySession } from "../params";

export const getMe = operation({
  id: "getMe",
  permission: "self",
  tag: "Account",
  summary: "Get the signed-in user",
  answer: meSchema,
});

export const patchMe = operation({
  id: "patchMe",
  permission: "self",
  tag: "Account",
  summary: "Change your name",
  body: patchMeSchema,
  answer: meSchema,
});

export const switchPlace = operation({
  id: "switchPlace",
  permission: "self",
  tag: "Account",
  summary: "Switch to another organization or project",
  body: switchSchema,
  answer: meSchema,
  errors: [404],
});

export const changePassword = operation({
  id: "changePassword",
  permission: "self",
  tag: "Account",
  summary: "Change your password and end all other sessions",
  body: changePasswordSchema,
  answer: null,
});

export const listSessions = operation({
  id: "listSessions",
  permission: "self",
  tag: "Account",
  summary: "List your sessions, the most recently used first",
  answer: listOf(sessionSchema),
});

export const endSession = operation({
  id: "endSession",
  permission: "self",
  tag: "Account",
  summary: "End a session",
  params: bySession,
  answer: null,
});

export const endOtherSessions = operation({
  id: "endOtherSessions",
  permission: "self",
  tag: "Account",
  summary: "End all other sessions",
  answer: null,
});

export const signUp = operation({
  id: "signUp",
  permission: null,
  tag: "Account",
  summary: "Sign up with a new organization",
  description: "Responds with 403 and the code `sign_up_closed` unless the installation sets ALLOW_SIGNUP.",
  body: signUpSchema,
  answer: meSchema.pick({ organization: true }),
  status: 201,
  errors: [403, 409],
});

export const requestPasswordReset = operation({
  id: "requestPasswordReset",
  permission: null,
  tag: "Account",
  summary: "Email a link that sets a new password",
  description:
    "The response is the same whether or not the address has a login. 409 with the code `mail_not_configured` if the installation sends no email.",
  body: requestPasswordResetSchema,
  answer: null,
  errors: [409],
});

export const lookUpPasswordReset = operation({
  id: "lookUpPasswordReset",
  permission: null,
  tag: "Account",
  summary: "Whose password a link sets",
  body: lookUpPasswordResetSchema,
  answer: openPasswordResetSchema,
  errors: [404],
});

export const resetPassword = operation({
  id: "resetPassword",
  permission: null,
  tag: "Account",
  summary: "Set a new password with a link; every session of the account ends",
  description: "A link works once, for an hour, and until the password changes otherwise.",
  body: resetPasswordSchema,
  answer: null,
  errors: [404],
});
