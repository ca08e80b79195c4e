"use client";

import { useEffect } from "react";
import { signInPath } from "@/lib/client/sign-in-path";

/** Leads to the sign-in page and, after that, back to where one wanted to go. */
export function ToSignIn() {
  useEffect(() => window.location.replace(signInPath(window.location)), []);
  return null;
}
