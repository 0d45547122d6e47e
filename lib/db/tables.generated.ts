// Written by "npm run db:types" from the migrated database. Do not edit.

export type AgentAppsTable = {
  id: string;
  organizationId: string;
  createdBy: string | null;
  name: string;
  description: string | null;
  isPublic: boolean;
  sealedSigningSecret: Buffer | null;
  publicKey: string | null;
  requireSignature: boolean;
  deployedPackageId: string | null;
  createdAt: string;
  updatedAt: string;
  currentDeploymentId: string | null;
};

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

export type AutoTopupsTable = {
  organizationId: string;
  isEnabled: boolean;
  threshold: number;
  package: string | null;
  credits: number;
  amountCents: number;
  dailyCap: number;
  failures: number;
  lastFailure: string | null;
  nextAttemptAt: string | null;
  updatedAt: string;
};

export type BillingCustomersTable = {
  organizationId: string;
  stripeCustomerId: string;
  paymentMethodId: string | null;
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

export type CreditHoldsTable = {
  organizationId: string;
  reference: string;
  micros: number;
  status: string;
  dueMicros: number;
  settledMicros: number;
  expiresAt: string;
  createdAt: string;
  closedAt: string | null;
};

export type CreditTransactionsTable = {
  id: string;
  organizationId: string;
  position: number;
  type: string;
  amount: number;
  missing: number;
  balanceAfter: number;
  description: string;
  reference: string;
  createdAt: string;
};

export type DeploymentEventsTable = {
  deploymentId: string;
  sequence: number;
  organizationId: string;
  type: string;
  data: unknown;
  createdAt: string;
};

export type DeploymentStepsTable = {
  deploymentId: string;
  position: number;
  organizationId: string;
  name: string;
  status: string;
  log: unknown;
  error: string | null;
  startedAt: string | null;
  completedAt: string | null;
};

export type DeploymentsTable = {
  id: string;
  organizationId: string;
  agentAppId: string;
  packageId: string;
  version: string;
  status: string;
  error: string | null;
  costCredits: number;
  debitReference: string | null;
  attempts: number;
  releaseNotes: string | null;
  fence: number;
  leaseExpiresAt: string | null;
  apiKeyId: string | null;
  userId: string | null;
  requestId: string;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
  attemptStartedAt: string | null;
  supersededBy: string | null;
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

export type InvocationsTable = {
  runId: string;
  organizationId: string;
  agentAppId: string;
  deploymentId: string | null;
  packageId: string;
  version: string;
  mode: string;
  debitReference: string;
  isRefunded: boolean;
  closedAt: string | null;
  idempotencyKey: string | null;
  bodyHash: Buffer | null;
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
  meteredMicros: number;
  heldMicros: number;
  availableMicros: number;
  creditsOwed: number;
  status: string;
  lastToppedUp: string | null;
  monthlyCreditBudget: number | null;
};

export type PackageUploadsTable = {
  id: string;
  organizationId: string;
  agentAppId: string;
  objectKey: string;
  claimedAt: string | null;
  expiresAt: string;
  createdAt: string;
};

export type PackagesTable = {
  id: string;
  organizationId: string;
  agentAppId: string;
  createdBy: string | null;
  version: string;
  status: string;
  objectKey: string;
  size: number;
  sha256: Buffer;
  manifest: unknown;
  signature: string | null;
  isVerified: boolean;
  createdAt: string;
  deployedAt: string | null;
  metadata: unknown | null;
};

export type PaymentReversalsTable = {
  id: string;
  paymentIntentId: string;
  kind: string;
  amountCents: number;
  totalCents: number | null;
  isVoid: boolean;
  createdAt: string;
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
  chargedMicros: number;
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
  chargedMicros: number;
};

export type StripeEventsTable = {
  id: string;
  type: string;
  createdAt: string;
};

export type TopupsTable = {
  id: string;
  organizationId: string;
  userId: string | null;
  kind: string;
  status: string;
  package: string | null;
  credits: number;
  amountCents: number;
  currency: string;
  savesPaymentMethod: boolean;
  stripeSessionId: string | null;
  sessionUrl: string | null;
  stripePaymentIntentId: string | null;
  stripeCustomerId: string | null;
  stripePaymentMethodId: string | null;
  receiptUrl: string | null;
  failure: string | null;
  creditsTakenBack: number;
  reversalCount: number;
  idempotencyKey: string | null;
  attemptedAt: string;
  createdAt: string;
  paidAt: string | null;
};

export type UsageAlertsTable = {
  organizationId: string;
  month: string;
  percent: number;
  creditsUsed: number;
  budget: number;
  createdAt: string;
  mailedAt: string | null;
};

export type UsageDailyTable = {
  organizationId: string;
  day: string;
  type: string;
  model: string | null;
  apiKeyId: string | null;
  userId: string | null;
  agentAppId: string | null;
  quantity: number;
  value: string;
  costMicros: number | null;
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
  quantity: number;
  model: string | null;
  agentAppId: string | null;
  runId: string | null;
  costMicros: number | null;
};

export type UsageRollupsTable = {
  organizationId: string;
  through: string;
};

export type WebhookAttemptsTable = {
  deliveryId: string;
  number: number;
  organizationId: string;
  isManual: boolean;
  requestHeaders: unknown;
  responseStatus: number | null;
  responseHeaders: unknown | null;
  responseBody: string | null;
  error: string | null;
  latencyMs: number;
  startedAt: string;
};

export type WebhookDeliveriesTable = {
  id: string;
  organizationId: string;
  endpointId: string;
  event: string;
  payload: string;
  status: string;
  tries: number;
  attempts: number;
  nextAttemptAt: string | null;
  responseStatus: number | null;
  error: string | null;
  completedAt: string | null;
  createdAt: string;
};

export type WebhookEndpointsTable = {
  id: string;
  organizationId: string;
  scopeType: string;
  scopeId: string | null;
  url: string;
  description: string | null;
  events: string[];
  sealedSecret: Buffer | null;
  sealedPreviousSecret: Buffer | null;
  previousSecretExpiresAt: string | null;
  ratePerMinute: number;
  active: boolean;
  disabledReason: string | null;
  disabledAt: string | null;
  failingSince: string | null;
  createdBy: string | null;
  createdAt: string;
  updatedAt: string;
};
