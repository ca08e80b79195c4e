"use client";

import { useEffect } from "react";
import { signInPath } from "@/lib/client/sign-in-path";

/** Redirects to the sign-in page, which then returns to the current page. */
export function ToSignIn() {
  useEffect(() => window.location.replace(signInPath(window.location)), []);
  return null;
}
