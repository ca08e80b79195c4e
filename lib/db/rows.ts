import type {
  alertChannels,
  alerts,
  apiKeys,
  auditLog,
  buckets,
  checkRequests,
  checks,
  connections,
  deliveries,
  exports,
  historicExports,
  installation,
  invitations,
  mails,
  objectKeys,
  organizations,
  processes,
  projects,
  receiptLinks,
  runArchive,
  runDocuments,
  runFiles,
  runLogs,
  runs,
  signingKeys,
  source,
  uploads,
  watchedRuns,
} from "./schema";

export type AlertRow = typeof alerts.$inferSelect;
export type ApiKeyRow = typeof apiKeys.$inferSelect;
export type AuditRow = typeof auditLog.$inferSelect;
export type BucketRow = typeof buckets.$inferSelect;
export type ChannelRow = typeof alertChannels.$inferSelect;
export type CheckRequestRow = typeof checkRequests.$inferSelect;
export type CheckRow = typeof checks.$inferSelect;
export type ConnectionRow = typeof connections.$inferSelect;
export type DeliveryRow = typeof deliveries.$inferSelect;
export type ExportRow = typeof exports.$inferSelect;
export type HistoricExportRow = typeof historicExports.$inferSelect;
export type InstallationRow = typeof installation.$inferSelect;
export type InvitationRow = typeof invitations.$inferSelect;
export type MailRow = typeof mails.$inferSelect;
export type ObjectKeyRow = typeof objectKeys.$inferSelect;
export type OrganizationRow = typeof organizations.$inferSelect;
export type ProcessRow = typeof processes.$inferSelect;
export type ProjectRow = typeof projects.$inferSelect;
export type ReceiptLinkRow = typeof receiptLinks.$inferSelect;
export type RunArchiveRow = typeof runArchive.$inferSelect;
export type RunDocumentsRow = typeof runDocuments.$inferSelect;
export type RunFileRow = typeof runFiles.$inferSelect;
export type RunLogRow = typeof runLogs.$inferSelect;
export type RunRow = typeof runs.$inferSelect;
export type SigningKeyRow = typeof signingKeys.$inferSelect;
export type SourceRow = typeof source.$inferSelect;
export type UploadRow = typeof uploads.$inferSelect;
export type WatchedRunRow = typeof watchedRuns.$inferSelect;
