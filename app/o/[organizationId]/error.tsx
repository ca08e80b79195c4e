"use client";

export { BrokenPage as default } from "@/components/app/broken-page";
