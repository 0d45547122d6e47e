// Written by "npm run db:types" from the migrated database. Do not edit.

export type ApiKeysTable = {
  id: string;
  organizationId: string;
  createdBy: string | null;
  name: string;
  environment: string;
  scopes: string[];
  keyHash: Buffer;
  keyPreview: string;
  previousKeyHash: Buffer | null;
  previousExpiresAt: string | null;
  sealedSigningSecret: Buffer | null;
  lastUsedAt: string | null;
  rotatedAt: string | null;
  createdAt: string;
};

export type AuditEntriesTable = {
  id: number;
  organizationId: string;
  event: string;
  severity: string;
  apiKeyId: string | null;
  userId: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  requestId: string;
  resourceType: string;
  resourceId: string;
  details: unknown;
  createdAt: string;
};

export type ChatSessionsTable = {
  id: string;
  organizationId: string;
  sessionId: string;
  createdAt: string;
  lastActiveAt: string;
};

export type ChatTurnsTable = {
  id: string;
  organizationId: string;
  chatSessionId: string;
  position: number;
  role: string;
  content: string;
  runId: string | null;
  createdAt: string;
};

export type CreditTransactionsTable = {
  id: string;
  organizationId: string;
  position: number;
  type: string;
  amount: number;
  balanceAfter: number;
  description: string;
  reference: string;
  createdAt: string;
};

export type EventsTable = {
  id: number;
  organizationId: string;
  type: string;
  data: unknown;
  createdAt: string;
};

export type IdempotencyKeysTable = {
  organizationId: string;
  method: string;
  path: string;
  key: string;
  bodyHash: Buffer;
  status: number;
  headers: unknown;
  sealedBody: Buffer;
  createdAt: string;
  expiresAt: string;
};

export type InvitationsTable = {
  id: string;
  organizationId: string;
  email: string;
  role: string;
  tokenHash: Buffer;
  invitedBy: string | null;
  expiresAt: string;
  acceptedAt: string | null;
  createdAt: string;
};

export type MembersTable = {
  id: string;
  organizationId: string;
  userId: string;
  role: string;
  joinedAt: string;
};

export type OrganizationsTable = {
  id: string;
  name: string;
  credits: number;
  createdAt: string;
  updatedAt: string;
};

export type ProfilesTable = {
  userId: string;
  email: string;
  activeOrganizationId: string | null;
  onboardingDismissedAt: string | null;
  createdAt: string;
};

export type RateLimitsTable = {
  bucket: string;
  windowStart: string;
  used: number;
};

export type RunEventsTable = {
  runId: string;
  sequence: number;
  organizationId: string;
  type: string;
  data: unknown;
  createdAt: string;
};

export type RunStepsTable = {
  id: string;
  organizationId: string;
  runId: string;
  position: number;
  name: string;
  status: string;
  model: string;
  provider: string;
  output: string | null;
  score: string | null;
  feedback: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  simulated: boolean;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  latencyMs: number;
  createdAt: string;
};

export type RunsTable = {
  id: string;
  organizationId: string;
  kind: string;
  strategy: string;
  status: string;
  model: string | null;
  input: unknown | null;
  output: string | null;
  score: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  simulated: boolean;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  apiKeyId: string | null;
  userId: string | null;
  requestId: string;
  leaseExpiresAt: string | null;
  createdAt: string;
  completedAt: string | null;
};

export type UsageEventsTable = {
  id: string;
  organizationId: string;
  type: string;
  description: string;
  value: string | null;
  apiKeyId: string | null;
  userId: string | null;
  createdAt: string;
};
