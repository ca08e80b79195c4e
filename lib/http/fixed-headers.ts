/** On every response. proxy.ts adds the Content-Security-Policy of pages; requiring HTTPS is up to the web server. */
export const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** What isn't a page must never render as one. */
export const NO_PAGE = { "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox" };
