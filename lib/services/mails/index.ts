// The outbox of mails.
export { deliverMailSoon, deliverMails } from "./deliver";
export { escapeHtml } from "./escape-html";
export { getMail } from "./get";
export { listMails } from "./list";
export { afterFailure, afterHeadStart, claimDue } from "./outbox";
export { mailAad, queueMail } from "./queue";
