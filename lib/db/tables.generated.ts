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

export type AgentsTable = {
  runId: string;
  organizationId: string;
  agentId: string;
  status: string;
  model: string;
  team: string | null;
  task: string;
  priority: string;
  timeoutSeconds: number;
  owner: string;
  estimatedMicros: number;
  actualMicros: number;
  heldMicros: number;
  budgetDay: string;
  simulated: boolean;
  quoteId: string | null;
  quoteInputTokens: number | null;
  quoteOutputTokens: number | null;
  error: string | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
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

export type AuditChainsTable = {
  organizationId: string;
  sequence: number;
  hash: Buffer;
};

export type AuditCheckpointsTable = {
  organizationId: string;
  sequence: number;
  kind: string;
  hash: Buffer;
  signature: Buffer;
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
  sequence: number | null;
  hash: Buffer | null;
};

export type AuditSettingsTable = {
  organizationId: string;
  enabled: boolean;
  logLevel: string;
  retentionDays: number;
  includeRequestBody: boolean;
  includeResponseBody: boolean;
  events: string[];
  updatedAt: string;
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

export type BlockedIpsTable = {
  organizationId: string;
  ip: string;
  reason: string | null;
  blockedUntil: string;
  createdAt: string;
};

export type BudgetAlertsTable = {
  organizationId: string;
  day: string;
  level: string;
  createdAt: string;
};

export type BudgetDaysTable = {
  organizationId: string;
  day: string;
  scope: string;
  subject: string;
  spentMicros: number;
  simulatedMicros: number;
  reservedMicros: number;
};

export type BudgetLimitsTable = {
  organizationId: string;
  scope: string;
  subject: string;
  dailyMicros: number;
  updatedAt: string;
};

export type ChatSessionsTable = {
  id: string;
  organizationId: string;
  sessionId: string;
  createdAt: string;
  lastActiveAt: string;
  clientId: string | null;
  endedAt: string | null;
  endedReason: string | null;
  summary: string | null;
  summaryThrough: number;
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
  sequence: number | null;
};

export type HandoffKnowledgeTable = {
  organizationId: string;
  handoffId: number;
  knowledgeId: number;
};

export type HandoffsTable = {
  organizationId: string;
  id: number;
  projectId: number;
  sessionId: number | null;
  fromAccountId: number | null;
  toAccountId: number | null;
  kind: string;
  mode: string;
  level: string | null;
  briefing: string;
  original: string | null;
  originalLines: number | null;
  compressedLines: number | null;
  verification: unknown | null;
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

export type IpPoliciesTable = {
  organizationId: string;
  allowedIps: string[];
  enforce: boolean;
  logViolations: boolean;
  updatedAt: string;
};

export type KeyRemindersTable = {
  apiKeyId: string;
  kind: string;
  since: string;
  organizationId: string;
  createdAt: string;
};

export type KeySpendTable = {
  id: number;
  organizationId: string;
  apiKeyId: string;
  costMicros: number;
  createdAt: string;
};

export type KeySpendBlocksTable = {
  apiKeyId: string;
  organizationId: string;
  spentMicros: number;
  blockedUntil: string;
  createdAt: string;
};

export type KnowledgeEntriesTable = {
  organizationId: string;
  id: number;
  category: string;
  title: string;
  description: string;
  tags: string;
  usageCount: number;
  successRate: number;
  search: string;
  createdAt: string;
  updatedAt: string;
};

export type MembersTable = {
  id: string;
  organizationId: string;
  userId: string;
  role: string;
  joinedAt: string;
};

export type ModelScoresTable = {
  organizationId: string;
  model: string;
  domain: string;
  calls: number;
  tokens: number;
  micros: number;
  scored: number;
  scoreSum: string;
  updatedAt: string;
};

export type OrchestrationEventsTable = {
  sessionId: string;
  sequence: number;
  organizationId: string;
  runId: string;
  runSequence: number;
};

export type OrchestrationModelsTable = {
  sessionId: string;
  model: string;
  organizationId: string;
  userId: string;
  calls: number;
  tokens: number;
  micros: number;
  scored: number;
  scoreSum: string;
};

export type OrchestrationSessionsTable = {
  id: string;
  organizationId: string;
  userId: string;
  status: string;
  maxIterations: number;
  preferredModels: string[];
  costLimit: string | null;
  totalMicros: number;
  lastSequence: number;
  endedAt: string | null;
  createdAt: string;
  updatedAt: string;
};

export type OrchestrationThreadsTable = {
  id: string;
  organizationId: string;
  sessionId: string;
  originalPrompt: string;
  domain: string;
  context: string | null;
  status: string;
  bestResponse: string | null;
  bestScore: string | null;
  totalMicros: number;
  createdAt: string;
  updatedAt: string;
};

export type OrchestrationsTable = {
  id: string;
  organizationId: string;
  sessionId: string;
  threadId: string;
  runId: string;
  userId: string;
  maxIterations: number;
  preferredModels: string[];
  threshold: string;
  candidates: number;
  iterations: number;
  totalMicros: number;
  outcome: string | null;
  stopReason: string | null;
  reservedMicros: number | null;
  reservedUntil: string | null;
  createdAt: string;
  updatedAt: string;
};

export type OrchestratorSettingsTable = {
  organizationId: string;
  dailyBudgetMicros: number;
  updatedAt: string;
  alertPercents: number[];
  alertMail: boolean;
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
  demoState: string | null;
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

export type PoolAccountsTable = {
  organizationId: string;
  id: number;
  accountName: string;
  accountEmail: string | null;
  platform: string;
  creditsAvailable: number;
  status: string;
  specialization: string | null;
  provider: string | null;
  baseUrl: string | null;
  sealedCredential: Buffer | null;
  credentialLast4: string | null;
  resetsAt: string | null;
  refreshedAt: string;
  createdAt: string;
  updatedAt: string;
};

export type PricingAssignmentsTable = {
  experimentId: string;
  subject: string;
  organizationId: string;
  variant: string;
  createdAt: string;
};

export type PricingBudgetAlertsTable = {
  organizationId: string;
  day: string;
  level: string;
  spendMicros: number;
  budgetMicros: number;
  createdAt: string;
};

export type PricingDecisionsTable = {
  id: string;
  organizationId: string;
  quoteId: string;
  status: string;
  approver: string;
  deliveryType: string;
  grossMarginBp: number;
  resolution: string | null;
  resolvedAt: string | null;
  resolvedBy: string | null;
  createdAt: string;
};

export type PricingExceptionsTable = {
  id: string;
  organizationId: string;
  decisionId: string;
  reason: string;
  openedBy: string | null;
  closedAt: string | null;
  closedBy: string | null;
  closingNote: string | null;
  createdAt: string;
};

export type PricingExperimentsTable = {
  id: string;
  organizationId: string;
  name: string;
  testShareBp: number;
  markupAdjustmentBp: number;
  completedAt: string | null;
  apiKeyId: string | null;
  userId: string | null;
  createdAt: string;
};

export type PricingOutcomesTable = {
  id: string;
  organizationId: string;
  experimentId: string;
  subject: string;
  variant: string;
  decisionStatus: string;
  grossMarginBp: number;
  decisionId: string | null;
  createdAt: string;
};

export type PricingPoliciesTable = {
  organizationId: string;
  version: number;
  effectiveAt: string;
  lowMarkupBp: number;
  mediumMarkupBp: number;
  highMarkupBp: number;
  enterpriseAdjustmentBp: number;
  midMarketAdjustmentBp: number;
  smbAdjustmentBp: number;
  startupAdjustmentBp: number;
  minimumPriceCents: number;
  taskMarginBp: number;
  subscriptionMarginBp: number;
  enterpriseMarginBp: number;
  note: string | null;
  apiKeyId: string | null;
  userId: string | null;
  createdAt: string;
};

export type PricingQuoteRunsTable = {
  runId: string;
  organizationId: string;
  quoteId: string;
  holdsQuote: boolean;
  costMicros: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  attachedAt: string;
  realisedAt: string | null;
};

export type PricingQuotesTable = {
  id: string;
  organizationId: string;
  source: string;
  model: string;
  complexity: string;
  segment: string;
  deliveryType: string;
  inputTokens: number;
  outputTokens: number;
  internalCostMicros: number;
  baseMarkupBp: number;
  segmentAdjustmentBp: number;
  finalMarkupBp: number;
  priceCents: number;
  grossMarginBp: number;
  minimumMarginBp: number;
  policyVersion: number;
  experimentId: string | null;
  variant: string | null;
  apiKeyId: string | null;
  userId: string | null;
  createdAt: string;
};

export type PricingScenarioSetsTable = {
  id: string;
  organizationId: string;
  name: string;
  deliveryType: string;
  scenarios: unknown;
  userId: string | null;
  createdAt: string;
};

export type PrivacySettingsTable = {
  organizationId: string;
  retentionDays: number;
  trainingOptOut: boolean;
  analyticsOptOut: boolean;
  updatedAt: string;
};

export type ProfilesTable = {
  userId: string;
  email: string;
  activeOrganizationId: string | null;
  onboardingDismissedAt: string | null;
  createdAt: string;
};

export type ProjectFilesTable = {
  organizationId: string;
  id: number;
  projectId: number;
  filePath: string;
  importance: string;
  createdAt: string;
};

export type ProjectsTable = {
  organizationId: string;
  id: number;
  name: string;
  description: string | null;
  status: string;
  lastSessionNumber: number;
  createdAt: string;
  updatedAt: string;
};

export type PromptCacheTable = {
  organizationId: string;
  key: Buffer;
  model: string;
  contentType: string;
  sealedAnswer: Buffer;
  createdAt: string;
  expiresAt: string;
};

export type ProviderKeysTable = {
  id: string;
  organizationId: string;
  provider: string;
  label: string;
  baseUrl: string | null;
  sealedKey: Buffer | null;
  last4: string | null;
  isActive: boolean;
  lastTestAt: string | null;
  lastTestStatus: string | null;
  lastTestError: string | null;
  createdBy: string | null;
  createdAt: string;
  updatedAt: string;
};

export type ProviderLimitsTable = {
  organizationId: string;
  provider: string;
  callsPerHour: number;
  updatedAt: string;
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
  key: string | null;
};

export type RunPrivacyTable = {
  runId: string;
  organizationId: string;
  agentId: string | null;
  retentionDays: number | null;
  expiresAt: string | null;
  detectPii: boolean;
  maskPiiInLogs: boolean;
  encryptOutput: boolean;
  sealedKey: Buffer | null;
  piiFound: string[];
  purgedAt: string | null;
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
  round: number | null;
  errorKind: string | null;
  listedMicros: number | null;
  accountId: number | null;
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
  fence: number;
  attempts: number;
  priority: number;
  deadlineAt: string | null;
};

export type StripeEventsTable = {
  id: string;
  type: string;
  createdAt: string;
};

export type TeamsTable = {
  organizationId: string;
  team: string;
  name: string;
  description: string | null;
  models: string[];
  createdAt: string;
  updatedAt: string;
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

export type UsedSignaturesTable = {
  apiKeyId: string;
  signature: Buffer;
  expiresAt: string;
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
  label: string | null;
};

export type WorkCountersTable = {
  organizationId: string;
  kind: string;
  lastNumber: number;
};

export type WorkSessionsTable = {
  organizationId: string;
  id: number;
  projectId: number;
  accountId: number;
  sessionNumber: number;
  sessionType: string;
  objectives: string | null;
  accomplishments: string | null;
  blockers: string | null;
  creditsUsed: number;
  durationMinutes: number | null;
  status: string;
  startedAt: string;
  completedAt: string | null;
};
