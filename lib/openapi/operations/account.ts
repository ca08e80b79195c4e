import { listOf } from "@/lib/fields/common";
import {
  changePasswordSchema,
  meSchema,
  patchMeSchema,
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
  summary: "Who is signed in",
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
  summary: "Work in another organization or project from now on",
  body: switchSchema,
  answer: meSchema,
  errors: [404],
});

export const changePassword = operation({
  id: "changePassword",
  permission: "self",
  tag: "Account",
  summary: "Change your password; every other session ends",
  body: changePasswordSchema,
  answer: null,
});

export const listSessions = operation({
  id: "listSessions",
  permission: "self",
  tag: "Account",
  summary: "Where you are signed in, the last used first",
  answer: listOf(sessionSchema),
});

export const endSession = operation({
  id: "endSession",
  permission: "self",
  tag: "Account",
  summary: "Sign out one session",
  params: bySession,
  answer: null,
});

export const endOtherSessions = operation({
  id: "endOtherSessions",
  permission: "self",
  tag: "Account",
  summary: "Sign out everywhere else",
  answer: null,
});

export const signUp = operation({
  id: "signUp",
  permission: null,
  tag: "Account",
  summary: "Make a login and an organization of your own",
  description: "403 with the code `sign_up_closed` unless the installation sets ALLOW_SIGNUP.",
  body: signUpSchema,
  answer: meSchema.pick({ organization: true }),
  status: 201,
  errors: [403, 409],
});
