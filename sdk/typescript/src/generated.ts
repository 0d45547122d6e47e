// Written by scripts/generate.ts from public/openapi.json; not to be edited.

/** The API's named shapes. */
export type Schemas = {
  "AgencyError": { error: { code: number; message: string; request_id: string; retry_after?: number; your_ip?: string } & Record<string, unknown> } & Record<string, unknown>;
  "AgencyShortError": { success: false; error: string } & Record<string, unknown>;
  "Agent": { agent_id: string; model: string; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; task: string; created: string; started: string | null; completed: string | null; result: string | null; cost: number; estimated_cost: number; team: string | null; priority: "low" | "normal" | "high"; timeout: number; error: string | null; quote_id: string | null; run_id: string; simulated: boolean; privacy: { detect_pii: boolean; mask_pii_in_logs: boolean; encrypt_output: boolean; retention_days: number | null; pii_found: string[] } };
  "AgentApp": { id: string; name: string; description: string | null; is_public: boolean; created_at: string; updated_at: string; deployed_package_id: string | null; public_key: string | null; has_signing_secret: boolean; require_signature: boolean };
  "AgentPayload": { event: "agent.spawned" | "agent.started" | "agent.completed" | "agent.failed" | "agent.cancelled"; timestamp: string; data: { agent_id: string; model: string; team?: string; task: string; result?: string | null; error?: string | null; cost?: number; simulated?: boolean } };
  "AnsweringRun": { run_id: string; score: number | null; steps: number };
  "AnthropicError": { type: "error"; error: { type: string; message: string; code: string; param?: string } & Record<string, unknown>; request_id: string } & Record<string, unknown>;
  "AnthropicMessage": { id: string; type: "message"; role: "assistant"; model: string; content: ({ type: string; text?: string } & Record<string, unknown>)[]; stop_reason: string | null; stop_sequence: string | null; usage: { input_tokens: number; output_tokens: number } & Record<string, unknown>; simulated?: true; baton?: Schemas["AnsweringRun"] } & Record<string, unknown>;
  "ApiKey": { id: string; name: string; key_preview: string; scopes: ("agents:read" | "agents:write" | "billing:read" | "admin:write")[]; environment: "live" | "staging" | "dev"; signing: boolean; last_used_at: string | null; created_at: string; rotation_due_at: string; status: "active" | "rotating" | "rotation_due" };
  "AuditEntry": { id: number; sequence: number; timestamp: string; event: string; severity: "info" | "warning" | "critical"; api_key_id: string | null; user_id: string | null; ip_address: string | null; user_agent: string | null; request_id: string; resource: { type: string; id: string }; details: Record<string, unknown>; hash: string };
  "AuditSettings": { enabled: boolean; log_level: "minimal" | "standard" | "verbose"; retention_days: number; include_request_body: boolean; include_response_body: boolean; events: ("agent.spawn" | "agent.complete" | "agent.fail" | "api.key.used" | "config.change" | "security.violation")[]; updated_at: string | null };
  "BestAccount": { id: number; account_name: string; credits_available: number; specialization: string | null; platform: "genspark" | "claude" | "chatgpt" | "gemini" | "other" };
  "BillingUsage": { period: string; total_cost: number; by_model: Record<string, number>; by_day: Record<string, number>; simulated_cost: number };
  "BlockedIp": { ip: string; reason: string | null; blocked_until: string; created_at: string };
  "BudgetPayload": { event: "budget.alert"; timestamp: string; data: Record<string, unknown> };
  "ChangeSessionStatus": { status: "active" | "paused" | "completed" | "cancelled" };
  "ChatCompletion": { id: string; created: number; model: string; object: "chat.completion"; choices: ({ index: number; finish_reason: string | null; message: { role: string; content: string | null; tool_calls?: ({ id: string; type: string } & Record<string, unknown>)[] } & Record<string, unknown> } & Record<string, unknown>)[]; usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } & Record<string, unknown>; simulated?: true; baton?: Schemas["AnsweringRun"] } & Record<string, unknown>;
  "ChatCompletionRequest": { model: string; messages: ({ role: string } & Record<string, unknown>)[]; stream?: boolean | null; stream_options?: { include_usage?: boolean | null } & Record<string, unknown> | null; models?: string[] | null; cache?: boolean | { ttl_seconds?: number } | null; baton?: { max_rounds?: number; threshold?: number; models?: string[] } | null } & Record<string, unknown>;
  "ChatHistory": { session_id: string; turns: ({ role: "user" | "assistant"; content: string; created_at: string })[] };
  "ChatPayload": { event: "chat.completed" | "session.ended"; timestamp: string; data: { session_id: string; response?: string; message_preview?: string; turns?: number; reason?: "command" | "idle" } & Record<string, unknown> };
  "ChatReply": { response: string; session_id: string; execution_mode: string; quality_score: number; execution_time: number; metadata: { tokens_used: number; model: string; processing_steps: string[]; simulated?: true } };
  "ChatRequest": { message: string; session_id?: string | null; optimization_mode?: "lite" | "balanced" | "quality"; swarm_type?: "coding-team" | "research-team" | "creative-team" | "coding-debate" | null; use_memory?: boolean; user_context?: Record<string, unknown> | null };
  "CloudError": { error: string; code: string; details?: Record<string, unknown> | unknown[]; required?: number; available?: number } & Record<string, unknown>;
  "CountTokensRequest": { model: string; messages: ({ role: "user" | "assistant" | "system"; content: string | ({ type: string } & Record<string, unknown>)[] } & Record<string, unknown>)[]; system?: string | ({ type: string } & Record<string, unknown>)[]; tools?: ({ name: string } & Record<string, unknown>)[] } & Record<string, unknown>;
  "CreatePricingWebhook": { url: string; events?: ("pricing.quote_generated" | "pricing.quote_approved" | "pricing.quote_escalated" | "pricing.exception_created" | "pricing.margin_alert" | "pricing.budget_warning" | "pricing.budget_critical" | "pricing.policy_changed")[]; secret?: string };
  "CreateSession": { user_id: string; max_iterations?: number; settings?: { preferred_models?: string[]; cost_limit?: number | null } };
  "CreateThread": { session_id: string; original_prompt: string; domain?: string; context?: string | null };
  "CreditAnalysis": { total_sessions: number; total_credits: number; avg_credits_per_session: number; min_credits: number; max_credits: number; efficiency_score: "optimal" | "good" | "needs_improvement"; recommendations: string[] };
  "Deployment": { id: string; status: "queued" | "processing" | "completed" | "failed" | "cancelled"; package_id: string; agent_app_id: string; version: string; created_at: string; started_at: string | null; completed_at: string | null; error: string | null; progress: { current_step: "validate_package" | "upload_to_s3" | "generate_metadata" | "notify_runtime" | "finalize" | null; steps: ({ name: "validate_package" | "upload_to_s3" | "generate_metadata" | "notify_runtime" | "finalize"; status: "pending" | "processing" | "completed" | "failed"; started_at?: string; completed_at?: string; error?: string; log: { at: string; message: string }[] })[] }; cost_credits: number; attempts: number; release_notes: string | null; is_current: boolean; superseded_by: string | null };
  "DeploymentPayload": { event: "deployment.queued" | "deployment.started" | "deployment.completed" | "deployment.failed"; timestamp: string; data: { deployment_id: string; agent_app_id: string; package_id: string; version: string; status: string; duration_seconds: number; s3_url: string | null; error?: string } };
  "Event": { id: number; type: string; timestamp: string; data: Record<string, unknown> };
  "Handoff": { id: number; project_id: number; project_name: string; session_id: number | null; session_number: number | null; from_account_id: number | null; from_account_name: string | null; to_account_id: number | null; to_account_name: string | null; kind: "compress" | "smart" | "rotation"; mode: "documented" | "verified"; level: "low" | "medium" | "high" | null; stats: { original_lines: number; compressed_lines: number; compression_ratio: number } | null; verification: Schemas["HandoffVerification"] | null; created_at: string };
  "HandoffDetails": { id: number; project_id: number; project_name: string; session_id: number | null; session_number: number | null; from_account_id: number | null; from_account_name: string | null; to_account_id: number | null; to_account_name: string | null; kind: "compress" | "smart" | "rotation"; mode: "documented" | "verified"; level: "low" | "medium" | "high" | null; stats: { original_lines: number; compressed_lines: number; compression_ratio: number } | null; verification: Schemas["HandoffVerification"] | null; created_at: string; briefing: string; original: string | null; knowledge: { id: number; title: string }[] };
  "HandoffVerification": { recall: number; questions: number; answered: number; compression_ratio: number; model: string; run_id: string };
  "Health": { status: "healthy" | "degraded" | "unhealthy"; timestamp: string; services: { database: "connected" | "disconnected"; storage: "connected" | "disconnected"; auth: "operational" | "down" }; version: string; uptime: number; uptime_seconds: number; error_rate: number; models_configured: number; components: { orchestra_manager: "healthy" | "degraded" | "unhealthy"; command_dispatcher: "healthy" | "degraded" | "unhealthy"; memory_system: "healthy" | "degraded" | "unhealthy"; swarm_intelligence: "healthy" | "degraded" | "unhealthy" } };
  "Invitation": { id: string; email: string; role: "member" | "admin"; expires_at: string; created_at: string };
  "Invocation": { run_id: string; status: "queued" | "running" | "completed" | "failed" | "cancelled"; mode: "sync" | "stream" | "queued"; package_version: string; output: string | null; error: { code: string; message: string } | null; model: string | null; simulated: boolean; credits_used: number; input_tokens: number; output_tokens: number; created_at: string; completed_at: string | null; quote_id: string | null; quote_limit_reached?: true };
  "Invoke": { input: unknown; mode?: "sync" | "queued"; quote_id?: string };
  "InvokeAnswer": { output: string; package_version: string; credits_used: number; simulated?: true; run_id: string; model_credits?: number; quote_limit_reached?: true };
  "IpPolicy": { success: true; allowed_ips: string[]; enforce: boolean; log_violations: boolean; updated_at: string | null; your_ip: string | null };
  "KnowledgeEntry": { id: number; category: "pattern" | "error_solution" | "optimization" | "best_practice" | "tip"; title: string; description: string; tags: string; usage_count: number; success_rate: number; created_at: string; handoffs: number };
  "LegacyChatReply": { response: string; session_id: string; execution_mode: string; quality_score: number; execution_time: number; metadata: { tokens_used: number; model: string; processing_steps: string[]; simulated?: true }; sessionId: string };
  "LegacyChatRequest": { text: string; sessionId?: string | null };
  "LegacyMetadata": { version: "3.2"; request_id: string; timestamp: string };
  "Links": { self: string; next: string | null; prev: string | null; first: string; last: string };
  "ListedAgent": { agent_id: string; model: string; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; task: string; team: string | null; created_at: string; started_at: string | null; estimated_cost: number; actual_cost: number; simulated: boolean };
  "ListedModel": { id: string; object: "model"; created: number; owned_by: string; simulated?: true };
  "McpError": { jsonrpc: "2.0"; id: null; error: { code: number; message: string; data: { reason: string; request_id: string; fields?: { field: string; message: string }[]; retry_after?: number } } };
  "McpMessage": { jsonrpc: "2.0"; id?: string | number; method?: string; params?: Record<string, unknown> } & Record<string, unknown>;
  "Member": { id: string; user_id: string; email: string; role: "owner" | "admin" | "member"; joined_at: string };
  "Message": { message: string };
  "MessagesRequest": { model: string; messages: ({ role: "user" | "assistant" | "system"; content: string | ({ type: string } & Record<string, unknown>)[] } & Record<string, unknown>)[]; system?: string | ({ type: string } & Record<string, unknown>)[]; tools?: ({ name: string } & Record<string, unknown>)[]; max_tokens: number; stream?: boolean; stop_sequences?: string[]; models?: string[] | null; cache?: boolean | { ttl_seconds?: number } | null; baton?: { max_rounds?: number; threshold?: number; models?: string[] } | null } & Record<string, unknown>;
  "MetricsSummary": { uptime_seconds: number; requests_total: number; error_rate: number; active_agents: number; websocket_connections: number; memory_usage: number; load_average: number };
  "ModelList": { object: "list"; data: Schemas["ListedModel"][] };
  "NewPricingExperiment": { name: string; markup_adjustment: number; test_share_pct?: number };
  "NewPricingScenarioSet": { name: string; delivery_type?: "task" | "subscription" | "enterprise"; scenarios: ({ model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; estimated_input: number; estimated_output: number; complexity: "low" | "medium" | "high"; segment?: "enterprise" | "mid_market" | "smb" | "startup" })[] | string };
  "OpenAIError": { error: { message: string; type: string; param: string | null; code: string } & Record<string, unknown> };
  "OrchestraError": { success: false; data: null; metadata: Schemas["OrchestraMetadata"]; error: { code: string; message: string; details: Record<string, unknown> } };
  "OrchestraMetadata": { request_id: string; timestamp: string; version: "v1" | "v2" };
  "OrchestratexError": { detail: string; status_code: number; errors?: { field: string; message: string }[] };
  "Orchestration": { _id: string; orchestration_id: string; thread_id: string; session_id: string; status: "queued" | "running" | "completed" | "failed" | "cancelled"; prompt: string; settings: { max_iterations: number; preferred_models: string[]; evaluation_threshold: number; candidates: number }; iterations: number; results: { iteration: number; model_name: string; reasoning: string; response: string; tokens_used: number; cost: number; evaluator_model: string; score: number; feedback: string; unscored?: true }[]; final_response: string | null; final_score: number | null; total_cost: number; stop_reason: "threshold" | "max_iterations" | "cost_limit" | "error" | null; error: string | null; simulated?: true; quote_id?: string; quote_limit_reached?: true; created_at: string; updated_at: string; completed_at: string | null };
  "OrchestrationModel": { _id: string; name: string; provider: string; version: string; specialties: string[]; cost_per_1k_tokens: number | null; context_window: number | null; status: "active" | "inactive"; created_at: string; updated_at: string };
  "OrchestrationModelWithStats": { _id: string; name: string; provider: string; version: string; specialties: string[]; cost_per_1k_tokens: number | null; context_window: number | null; status: "active" | "inactive"; created_at: string; updated_at: string; stats: { total_calls: number; total_tokens: number; average_score: number | null; total_cost: number } };
  "OrchestrationSession": { _id: string; user_id: string; session_start: string; session_end: string | null; max_iterations: number; status: "active" | "paused" | "completed" | "cancelled"; total_cost: number; settings: { preferred_models: string[]; cost_limit: number | null }; created_at: string; updated_at: string };
  "OrchestrationThread": { _id: string; session_id: string; original_prompt: string; domain: string; context: string | null; status: "open" | "processing" | "completed" | "failed"; best_response: string | null; best_score: number | null; total_cost: number; created_at: string; updated_at: string };
  "OrchestrationThreadDetails": { _id: string; session_id: string; original_prompt: string; domain: string; context: string | null; status: "open" | "processing" | "completed" | "failed"; best_response: string | null; best_score: number | null; total_cost: number; created_at: string; updated_at: string; orchestrations: string[] };
  "OrchestratorConfig": { daily_budget: number; provider_limits: { anthropic: number; "kimi-coding": number }; spending_alerts: { percents: number[]; mail: boolean }; retention_days: number; budgets: ({ scope: "key" | "team"; id: string; daily_budget: number; today_spend: number; reserved: number })[] };
  "OrchestratorStatus": { timestamp: string; models_active: number; usage_summary: { top_models: { model: string; calls: number; tokens: number; avg_tokens_per_call: number; estimated_spend: number }[]; total_calls: number }; recent_usage: number; daily_budget: number; today_spend: number; simulated_spend: number; budget_reserved: number; budget_remaining: number; budget_utilization_pct: number; budget_alert_level: "ok" | "notice" | "warning" | "critical"; operational_flags: { budget_alert_level: "ok" | "notice" | "warning" | "critical"; max_provider_utilization_pct: number; hot_providers: string[]; requires_ops_attention: boolean; recommended_action: string }; model_mix_recommendation: { strategy: string; primary: string[]; secondary: string[]; restricted: string[]; reason: string }; pricing_policy: { min_markup: number; target_markup: number; max_markup: number; complexity_markup: { low: number; medium: number; high: number }; minimum_price: number }; example_task_quote: { model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; complexity: "low" | "medium" | "high"; segment: "enterprise" | "mid_market" | "smb" | "startup"; internal_cost: number; base_markup: number; segment_adjustment: number; final_markup: number; recommended_price: number; gross_margin_pct: number; margin_band: "strong" | "healthy" | "at_risk"; estimated_tokens: number }; quote_decision_preview: Schemas["PricingDecision"]; quote_portfolio_preview: { scenario_count: number; compliant_count: number; compliance_ratio: number; needs_escalation: boolean; requires_executive_review: boolean; average_margin_pct: number; delivery_type: string }; portfolio_alert_preview: Schemas["PricingAlert"]; weekly_metrics_preview: Schemas["PricingWeeklyMetrics"]; weekly_comparison_preview: { week_over_week_changes: { total_quotes_change: number; approval_rate_change: number; avg_margin_change: number; exceptions_created_change: number }; significant_shifts: string[]; requires_review: boolean }; exception_aging_preview: Schemas["PricingExceptionAging"]; exception_alert_preview: Schemas["PricingAlert"]; usage_anomalies: { has_anomalies: boolean; anomalies: ({ type: string; severity: "warning" | "critical"; message: string; value: number; threshold: number })[]; count: number; severity: "none" | "warning" | "critical" }; monthly_forecast: { projected_spend: number; budget_ceiling: number; delta_to_budget: number }; provider_usage: { anthropic: { current: number; hourly: number; remaining: number; utilization_pct: number }; "kimi-coding": { current: number; hourly: number; remaining: number; utilization_pct: number } } };
  "Organization": { id: string; name: string; credits: number; created_at: string; updated_at: string };
  "PaasError": { success: false; error: string; suggestion?: string } & Record<string, unknown>;
  "Package": { id: string; version: string; s3_url: string; size: number; created_at: string; status: "uploaded" | "uploading" | "deployed" | "failed"; sha256: string; signature: "none" | "unchecked" | "verified" };
  "Pagination": { total: number; limit: number; offset: number; has_more: boolean; next_offset: number | null; previous_offset: number | null; cursor: string | null };
  "PoolAccount": { id: number; account_name: string; account_email: string | null; platform: "genspark" | "claude" | "chatgpt" | "gemini" | "other"; credits_available: number; status: "available" | "active" | "exhausted" | "blocked"; specialization: string | null; provider: "openai" | "anthropic" | "kimi-coding" | "minimax" | "ollama" | "compatible" | null; base_url: string | null; has_credential: boolean; credential_last4: string | null; resets_at: string | null; created_at: string; updated_at: string };
  "PricingAlert": { level: string; summary: string; recommended_action: string };
  "PricingAssignInput": { subject: string };
  "PricingBatchInput": { model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; estimated_input: number; estimated_output: number; complexity: "low" | "medium" | "high"; delivery_type?: "task" | "subscription" | "enterprise" };
  "PricingCloseInput": { note?: string };
  "PricingComparisonInput": { current_total_quotes: number; current_approval_rate: number; current_avg_margin_pct: number; current_exceptions_created: number; prev_total_quotes: number; prev_approval_rate: number; prev_avg_margin_pct: number; prev_exceptions_created: number };
  "PricingDecision": { decision_status: "approved" | "escalated"; approver: string; delivery_type: "task" | "subscription" | "enterprise"; next_step: "send_quote" | "route_to_deal_desk"; generated_at: string };
  "PricingDecisionInput": { model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; estimated_input: number; estimated_output: number; complexity: "low" | "medium" | "high"; delivery_type?: "task" | "subscription" | "enterprise"; segment?: "enterprise" | "mid_market" | "smb" | "startup"; approver?: string; experiment_id?: string; subject?: string };
  "PricingException": { exception_id: string; decision_id: string; quote_id: string; model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; segment: "enterprise" | "mid_market" | "smb" | "startup"; recommended_price: number; gross_margin_pct: number; minimum_margin_pct: number; status: "open" | "closed"; reason: string; age_days: number; at_risk: boolean; opened_at: string; closed_at: string | null; closing_note: string | null };
  "PricingExceptionAging": { open_exceptions: number; oldest_days: number; at_risk_count: number; requires_exec_followup: boolean; risk_level: "none" | "ok" | "warning" | "critical"; next_action: string };
  "PricingExceptionAlertInput": { open_exceptions: number; oldest_days: number; at_risk_count: number };
  "PricingExceptionInput": { decision_id: string; reason: string };
  "PricingExperiment": { experiment_id: string; name: string; status: "running" | "completed"; markup_adjustment: number; test_share_pct: number; created_at: string; completed_at: string | null; summary: { status: "complete" | "insufficient_data"; control: { count: number; approval_rate: number; avg_margin_pct: number }; test: { count: number; approval_rate: number; avg_margin_pct: number }; recommendation: "roll_out" | "discard" | "inconclusive" } };
  "PricingExperimentInput": { quotes: ({ variant: "control" | "test"; decision_status: "approved" | "escalated"; gross_margin_pct: number })[] | string };
  "PricingGuardrail": { delivery_type: "task" | "subscription" | "enterprise"; minimum_margin_pct: number; actual_margin_pct: number; is_compliant: boolean; action: "approve_quote" | "escalate_deal_desk" };
  "PricingHealth": { status: "healthy" | "warning" | "critical"; daily_cost: number; daily_budget: number; budget_utilization_pct: number; tasks_completed: number; avg_cost_per_task: number; issues: string[] };
  "PricingIntervalInput": { model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; complexity: "low" | "medium" | "high"; delivery_type?: "task" | "subscription" | "enterprise"; segment?: "enterprise" | "mid_market" | "smb" | "startup"; task_type?: string };
  "PricingPayload": { event: "pricing.quote_generated" | "pricing.quote_approved" | "pricing.quote_escalated" | "pricing.exception_created" | "pricing.margin_alert" | "pricing.budget_warning" | "pricing.budget_critical" | "pricing.policy_changed"; timestamp: string; webhook_id: string; data: { quote_id?: string; model?: string; segment?: string; recommended_price?: number; gross_margin_pct?: number } & Record<string, unknown> };
  "PricingPolicy": { complexity_markup: { low: number; medium: number; high: number }; segment_adjustments: { enterprise: number; mid_market: number; smb: number; startup: number }; minimum_price: number; margin_thresholds: { task: number; subscription: number; enterprise: number } };
  "PricingPolicyVersion": { version: number; effective_at: string | null; created_at: string | null; note: string | null; status: "current" | "scheduled" | "past"; pricing_policy: Schemas["PricingPolicy"] };
  "PricingPortfolioInput": { scenario_count: number; compliant_count: number; average_margin_pct: number };
  "PricingQuote": { model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; complexity: "low" | "medium" | "high"; segment: "enterprise" | "mid_market" | "smb" | "startup"; estimated_input_tokens: number; estimated_output_tokens: number; internal_cost: number; base_markup: number; segment_adjustment: number; final_markup: number; recommended_price: number; gross_margin_pct: number; margin_band: "strong" | "healthy" | "at_risk" };
  "PricingQuoteInput": { model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; estimated_input: number; estimated_output: number; complexity: "low" | "medium" | "high"; delivery_type?: "task" | "subscription" | "enterprise"; segment?: "enterprise" | "mid_market" | "smb" | "startup" };
  "PricingScenarioInput": { delivery_type?: "task" | "subscription" | "enterprise"; scenarios: ({ model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; estimated_input: number; estimated_output: number; complexity: "low" | "medium" | "high"; segment?: "enterprise" | "mid_market" | "smb" | "startup" })[] | string };
  "PricingScenarioSet": { scenario_set_id: string; name: string; delivery_type: "task" | "subscription" | "enterprise"; scenarios: ({ model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; estimated_input: number; estimated_output: number; complexity: "low" | "medium" | "high"; segment: "enterprise" | "mid_market" | "smb" | "startup" })[]; created_at: string };
  "PricingTrackInput": { subject: string; decision_status: "approved" | "escalated"; gross_margin_pct: number };
  "PricingWeeklyInput": { quotes: ({ decision_status: "approved" | "escalated"; gross_margin_pct: number; exception_created?: boolean | null; exception_closed?: boolean | null })[] | string };
  "PricingWeeklyMetrics": { total_quotes: number; approved_count: number; escalated_count: number; approval_rate: number; avg_margin_pct: number; exceptions_created: number; exceptions_closed: number };
  "Project": { id: number; name: string; description: string | null; status: "active" | "paused" | "completed" | "archived"; total_credits_used: number; total_sessions: number; created_at: string; updated_at: string };
  "ProjectExport": { project: Schemas["Project"]; sessions: Schemas["WorkSession"][]; files: ({ id: number; file_path: string; importance: "critical" | "high" | "medium" | "low" })[]; knowledge: Schemas["KnowledgeEntry"][]; accounts: ({ id: number; account_name: string; platform: "genspark" | "claude" | "chatgpt" | "gemini" | "other"; specialization: string | null })[]; exported_at: string };
  "ProjectFile": { id: number; project_id: number; file_path: string; importance: "critical" | "high" | "medium" | "low"; created_at: string };
  "ProviderKey": { id: string; provider: "openai" | "anthropic" | "kimi-coding" | "minimax" | "ollama" | "compatible"; label: string; base_url: string | null; last4: string | null; is_active: boolean; last_test_at: string | null; last_test_status: "ok" | "failed" | null; last_test_error: string | null; created_at: string; updated_at: string };
  "ProviderKeyTest": { ok: boolean; status: number | null; latency_ms: number; models: string[]; error: string | null };
  "Readiness": { ready: boolean; checks: { database: boolean; cache: boolean; external_services: boolean } };
  "SessionAnalytics": { session_id: string; status: "active" | "paused" | "completed" | "cancelled"; duration_seconds: number; user_id: string; thread_count: number; orchestration_count: number; completed_count: number; failed_count: number; total_iterations: number; average_score: number | null; best_score: number | null; total_tokens: number; total_cost: number; models_used: ({ model_name: string; calls: number; tokens_used: number; cost: number; average_score: number | null })[]; generated_at: string };
  "Spawn": { model?: "k2p5" | "sonnet" | "opus"; task: string; priority?: "low" | "normal" | "high"; timeout?: number; privacy?: { detect_pii?: boolean; mask_pii_in_logs?: boolean; encrypt_output?: boolean; retention_days?: number }; tools?: ({ name: string; description: string; method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"; url: string; headers?: Record<string, string>; parameters?: Record<string, unknown> })[]; use_knowledge?: boolean; quote_id?: string };
  "StartOrchestration": { thread_id: string; prompt?: string | null; quote_id?: string | null; settings?: { max_iterations?: number | null; preferred_models?: string[] | null; evaluation_threshold?: number; candidates?: number } };
  "StoredPricingDecision": { decision_id: string; quote_id: string; state: "approved" | "waiting" | "excepted" | "declined"; decision: Schemas["PricingDecision"]; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"]; exception_id: string | null; resolved_at: string | null };
  "StoredPricingQuote": { quote_id: string; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"]; source: "quote" | "batch" | "decision" | "scenario"; policy_version: number; experiment_id: string | null; variant: "control" | "test" | null; created_at: string };
  "Team": { team: string; name: string; description: string | null; models: string[]; built_in: boolean };
  "Topup": { id: string; kind: "checkout" | "automatic"; status: "pending" | "paid" | "failed" | "expired" | "refunded" | "disputed"; package: "starter" | "growth" | "scale" | null; credits: number; credits_taken_back: number; amount_cents: number; currency: string; session_id: string | null; receipt_url: string | null; failure: string | null; created_at: string; paid_at: string | null };
  "UpdatePricingPolicy": { complexity_markup?: { low?: number; medium?: number; high?: number }; segment_adjustments?: { enterprise?: number; mid_market?: number; smb?: number; startup?: number }; minimum_price?: number; margin_thresholds?: { task?: number; subscription?: number; enterprise?: number }; effective_at?: string; note?: string };
  "UsageBreakdown": { by: "model" | "app" | "key" | "member"; days: number; items: ({ invocations: number; apiCalls: number; credits: number; costMicros: number | null; id: string | null; name: string })[]; other: { invocations: number; apiCalls: number; credits: number; costMicros: number | null; count: number } | null; total: { invocations: number; apiCalls: number; credits: number; costMicros: number | null } };
  "UsageBudget": { monthlyCredits: number | null; creditsUsed: number; percentUsed: number | null; month: string; alerts: { percent: number; creditsUsed: number; monthlyCredits: number; timestamp: string }[] };
  "UsageMetrics": { invocations: number; invocationsChange: number; packagesUploaded: number; packagesChange: number; apiCalls: number; apiCallsChange: number; creditsUsed: number; creditsChange: number };
  "UserAnalytics": { session_count: number; active_sessions: number; user_id: string; thread_count: number; orchestration_count: number; completed_count: number; failed_count: number; total_iterations: number; average_score: number | null; best_score: number | null; total_tokens: number; total_cost: number; models_used: ({ model_name: string; calls: number; tokens_used: number; cost: number; average_score: number | null })[]; generated_at: string };
  "Webhook": { id: string; url: string; events: string[]; active: boolean; created_at: string; description: string | null; signed: boolean; previous_secret_expires_at: string | null; rate_per_minute: number; disabled_reason: "manual" | "gone" | "failing" | null; disabled_at: string | null; failing_since: string | null; updated_at: string };
  "WebhookAttempt": { number: number; manual: boolean; request_headers: Record<string, string>; response_status: number | null; response_headers: Record<string, string> | null; response_body: string | null; error: string | null; latency_ms: number; started_at: string };
  "WebhookDelivery": { id: string; event: string; status: "pending" | "delivered" | "failed"; attempts: number; next_attempt_at: string | null; response_status: number | null; error: string | null; created_at: string; completed_at: string | null };
  "WorkDeskStats": { active_projects: number; active_accounts: number; total_credits: number; total_sessions: number; rotations: number; estimated_savings: { credits: number; minutes: number } };
  "WorkSession": { id: number; project_id: number; account_id: number; session_number: number; session_type: "development" | "bugfix" | "feature" | "refactor" | "deployment"; objectives: string | null; accomplishments: string | null; blockers: string | null; credits_used: number; duration_minutes: number | null; status: "in_progress" | "completed" | "failed" | "handed_off"; started_at: string; completed_at: string | null; project_name: string; account_name: string };
};

/** What each operation takes and answers. */
export type Operations = {
  "GET /api/accounts": {
    params: never;
    query: never;
    body: never;
    response: { success: true; data: Schemas["PoolAccount"][] };
    item: Schemas["PoolAccount"];
  };
  "POST /api/accounts": {
    params: never;
    query: never;
    body: { account_name: string; account_email?: string | null; platform?: "genspark" | "claude" | "chatgpt" | "gemini" | "other"; specialization?: string | null; provider?: "openai" | "anthropic" | "kimi-coding" | "minimax" | "ollama" | "compatible" | null; base_url?: string | null; credential?: string | null; resets_at?: string | null };
    response: { success: true; id: number };
    item: unknown;
  };
  "GET /api/accounts/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { success: true; data: Schemas["PoolAccount"] };
    item: unknown;
  };
  "PATCH /api/accounts/{id}": {
    params: { "id": string | number };
    query: never;
    body: { account_name?: string; account_email?: string | null; platform?: "genspark" | "claude" | "chatgpt" | "gemini" | "other"; specialization?: string | null; status?: "available" | "active" | "exhausted" | "blocked"; credits_available?: number; provider?: "openai" | "anthropic" | "kimi-coding" | "minimax" | "ollama" | "compatible" | null; base_url?: string | null; credential?: string | null; resets_at?: string | null } | undefined;
    response: { success: true; data: Schemas["PoolAccount"] };
    item: unknown;
  };
  "POST /api/agent": {
    params: never;
    query: never;
    body: Schemas["Spawn"];
    response: { success: true; agent_id: string; model: string; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; estimated_cost: number; metadata: Schemas["LegacyMetadata"] };
    item: unknown;
  };
  "GET /api/agent-apps": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { apps: ({ id: string; name: string; description: string | null; is_public: boolean; created_at: string; updated_at: string; deployed_package_id: string | null; public_key: string | null; has_signing_secret: boolean; require_signature: boolean; packages: { id: string; version: string; created_at: string }[] })[] };
    item: { id: string; name: string; description: string | null; is_public: boolean; created_at: string; updated_at: string; deployed_package_id: string | null; public_key: string | null; has_signing_secret: boolean; require_signature: boolean; packages: { id: string; version: string; created_at: string }[] };
  };
  "POST /api/agent-apps": {
    params: never;
    query: never;
    body: { name: string; description?: string | null; is_public?: boolean };
    response: { app: Schemas["AgentApp"] };
    item: unknown;
  };
  "GET /api/agent-apps/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { app: { id: string; name: string; description: string | null; is_public: boolean; created_at: string; updated_at: string; deployed_package_id: string | null; public_key: string | null; has_signing_secret: boolean; require_signature: boolean; packages: { id: string; version: string; created_at: string; size: number; s3_url: string }[] } | { id: string; name: string; description: string | null; is_public: boolean; created_at: string; updated_at: string; packages: { id: string; version: string; created_at: string; size: number }[] } };
    item: unknown;
  };
  "DELETE /api/agent-apps/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "PATCH /api/agent-apps/{id}": {
    params: { "id": string | number };
    query: never;
    body: { name?: string; description?: string | null; is_public?: boolean; public_key?: string | null; require_signature?: boolean } | undefined;
    response: { app: Schemas["AgentApp"] };
    item: unknown;
  };
  "GET /api/agent-apps/{id}/deployments": {
    params: { "id": string | number };
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { deployments: Schemas["Deployment"][] };
    item: Schemas["Deployment"];
  };
  "GET /api/agent-apps/{id}/invocations": {
    params: { "id": string | number };
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { invocations: Schemas["Invocation"][] };
    item: Schemas["Invocation"];
  };
  "GET /api/agent-apps/{id}/invocations/{runId}": {
    params: { "id": string | number; "runId": string | number };
    query: never;
    body: never;
    response: { invocation: { run_id: string; status: "queued" | "running" | "completed" | "failed" | "cancelled"; mode: "sync" | "stream" | "queued"; package_version: string; output: string | null; error: { code: string; message: string } | null; model: string | null; simulated: boolean; credits_used: number; input_tokens: number; output_tokens: number; created_at: string; completed_at: string | null; quote_id: string | null; quote_limit_reached?: true; input: unknown; steps: ({ name: string; status: string; model: string; output: string | null; score: number | null; error: string | null; input_tokens: number; output_tokens: number; latency_ms: number; created_at: string })[] } };
    item: unknown;
  };
  "GET /api/agent-apps/{id}/invocations/{runId}/events": {
    params: { "id": string | number; "runId": string | number };
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
  "POST /api/agent-apps/{id}/invoke": {
    params: { "id": string | number };
    query: never;
    body: Schemas["Invoke"];
    response: Schemas["InvokeAnswer"] | { run_id: string; status: "queued"; package_version: string; credits_used: number; status_url: string };
    item: unknown;
  };
  "GET /api/agent-apps/{id}/packages": {
    params: { "id": string | number };
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { packages: Schemas["Package"][] };
    item: Schemas["Package"];
  };
  "POST /api/agent-apps/{id}/packages": {
    params: { "id": string | number };
    query: never;
    body: { version: string; object_key?: string; signature?: string };
    response: { package: Schemas["Package"] };
    item: unknown;
  };
  "POST /api/agent-apps/{id}/packages/deploy": {
    params: { "id": string | number };
    query: never;
    body: { version: string; object_key?: string; signature?: string; release_notes?: string };
    response: { deployment: { id: string; status: "queued"; message: "Deployment queued successfully"; queued_at: string; estimated_duration_seconds: number }; package: { id: string; version: string; size_bytes: number; status: string }; tracking: { status_url: string; webhook_url: string } };
    item: unknown;
  };
  "POST /api/agent-apps/{id}/packages/upload-url": {
    params: { "id": string | number };
    query: never;
    body: { size?: number } | undefined;
    response: { upload_url: string; object_key: string; expires_at: string; headers: Record<string, string> };
    item: unknown;
  };
  "DELETE /api/agent-apps/{id}/packages/{packageId}": {
    params: { "id": string | number; "packageId": string | number };
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "GET /api/agent-apps/{id}/packages/{packageId}/download": {
    params: { "id": string | number; "packageId": string | number };
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
  "POST /api/agent-apps/{id}/rollback": {
    params: { "id": string | number };
    query: never;
    body: { package_id: string; release_notes?: string };
    response: { deployment: { id: string; status: "queued"; message: "Deployment queued successfully"; queued_at: string; estimated_duration_seconds: number }; package: { id: string; version: string; size_bytes: number; status: string }; tracking: { status_url: string; webhook_url: string } };
    item: unknown;
  };
  "POST /api/agent-apps/{id}/signing-secret": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { signing_secret: string };
    item: unknown;
  };
  "DELETE /api/agent-apps/{id}/signing-secret": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "GET /api/agent-apps/{id}/webhooks": {
    params: { "id": string | number };
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { webhooks: Schemas["Webhook"][] };
    item: Schemas["Webhook"];
  };
  "POST /api/agent-apps/{id}/webhooks": {
    params: { "id": string | number };
    query: never;
    body: { url: string; events: ("deployment.queued" | "deployment.started" | "deployment.completed" | "deployment.failed")[]; secret?: string; generate_secret?: boolean; description?: string | null; rate_per_minute?: number };
    response: { webhook: { id: string; url: string; events: string[]; active: boolean; created_at: string; description: string | null; signed: boolean; previous_secret_expires_at: string | null; rate_per_minute: number; disabled_reason: "manual" | "gone" | "failing" | null; disabled_at: string | null; failing_since: string | null; updated_at: string; secret?: string } };
    item: unknown;
  };
  "GET /api/agent-apps/{id}/webhooks/{webhookId}": {
    params: { "id": string | number; "webhookId": string | number };
    query: never;
    body: never;
    response: { webhook: Schemas["Webhook"] };
    item: unknown;
  };
  "DELETE /api/agent-apps/{id}/webhooks/{webhookId}": {
    params: { "id": string | number; "webhookId": string | number };
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "PATCH /api/agent-apps/{id}/webhooks/{webhookId}": {
    params: { "id": string | number; "webhookId": string | number };
    query: never;
    body: { url?: string; events?: ("deployment.queued" | "deployment.started" | "deployment.completed" | "deployment.failed")[]; active?: boolean; description?: string | null; rate_per_minute?: number } | undefined;
    response: { webhook: Schemas["Webhook"] };
    item: unknown;
  };
  "GET /api/agent-apps/{id}/webhooks/{webhookId}/deliveries": {
    params: { "id": string | number; "webhookId": string | number };
    query: { "limit"?: number; "offset"?: number; "status"?: "pending" | "delivered" | "failed"; "event"?: string | number | boolean | object };
    body: never;
    response: { deliveries: Schemas["WebhookDelivery"][]; has_more: boolean };
    item: Schemas["WebhookDelivery"];
  };
  "POST /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/replay": {
    params: { "id": string | number; "webhookId": string | number };
    query: never;
    body: { since: string };
    response: { replayed: number };
    item: unknown;
  };
  "GET /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/{deliveryId}": {
    params: { "id": string | number; "webhookId": string | number; "deliveryId": string | number };
    query: never;
    body: never;
    response: { delivery: { id: string; event: string; status: "pending" | "delivered" | "failed"; attempts: number; next_attempt_at: string | null; response_status: number | null; error: string | null; created_at: string; completed_at: string | null; payload: string; attempt_log: Schemas["WebhookAttempt"][] } };
    item: unknown;
  };
  "POST /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/{deliveryId}/replay": {
    params: { "id": string | number; "webhookId": string | number; "deliveryId": string | number };
    query: never;
    body: { confirm?: boolean } | undefined;
    response: { delivery: Schemas["WebhookDelivery"] };
    item: unknown;
  };
  "POST /api/agent-apps/{id}/webhooks/{webhookId}/secret": {
    params: { "id": string | number; "webhookId": string | number };
    query: never;
    body: { secret?: string; overlap_hours?: number } | undefined;
    response: { webhook: { id: string; secret?: string; previous_secret_expires_at: string | null } };
    item: unknown;
  };
  "POST /api/agent-apps/{id}/webhooks/{webhookId}/test": {
    params: { "id": string | number; "webhookId": string | number };
    query: never;
    body: never;
    response: { delivery: Schemas["WebhookDelivery"] };
    item: unknown;
  };
  "GET /api/agent/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["Agent"];
    item: unknown;
  };
  "DELETE /api/agent/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { success: true; message: string; refund: number };
    item: unknown;
  };
  "GET /api/agents": {
    params: never;
    query: { "limit"?: string | number | boolean | object; "offset"?: string | number | boolean | object; "cursor"?: string | number | boolean | object; "sort"?: string | number | boolean | object; "filter"?: string | number | boolean | object; "status"?: string | number | boolean | object; "model"?: string | number | boolean | object; "team"?: string | number | boolean | object; "created_after"?: string | number | boolean | object; "created_before"?: string | number | boolean | object; "cost_gt"?: string | number | boolean | object; "cost_lt"?: string | number | boolean | object };
    body: never;
    response: { data: Schemas["ListedAgent"][]; pagination: Schemas["Pagination"]; links: Schemas["Links"]; meta: { total_cost: number; by_model: Record<string, number> } };
    item: Schemas["ListedAgent"];
  };
  "GET /api/agents/active": {
    params: never;
    query: never;
    body: never;
    response: { agents: ({ agent_id: string; model: string; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; task: string })[]; count: number; total_cost_today: number };
    item: { agent_id: string; model: string; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; task: string };
  };
  "GET /api/analytics/session/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["SessionAnalytics"];
    item: { model_name: string; calls: number; tokens_used: number; cost: number; average_score: number | null };
  };
  "GET /api/analytics/user/{user_id}": {
    params: { "user_id": string | number };
    query: never;
    body: never;
    response: Schemas["UserAnalytics"];
    item: { model_name: string; calls: number; tokens_used: number; cost: number; average_score: number | null };
  };
  "GET /api/api-keys": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { apiKeys: Schemas["ApiKey"][] };
    item: Schemas["ApiKey"];
  };
  "POST /api/api-keys": {
    params: never;
    query: never;
    body: { name: string; scopes?: ("agents:read" | "agents:write" | "billing:read" | "admin:write")[]; environment?: "live" | "staging" | "dev"; signing?: boolean };
    response: { apiKey: { id: string; name: string; key: string; created_at: string; scopes: ("agents:read" | "agents:write" | "billing:read" | "admin:write")[]; signing_secret?: string; api_secret?: string } };
    item: unknown;
  };
  "DELETE /api/api-keys/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "POST /api/api-keys/{id}/rotate": {
    params: { "id": string | number };
    query: never;
    body: { grace_hours?: number } | undefined;
    response: { apiKey: { id: string; name: string; key: string; rotated_at: string } };
    item: unknown;
  };
  "POST /api/auth/login": {
    params: never;
    query: never;
    body: { email: string; password: string; rememberMe?: boolean };
    response: { user: { id: string; email: string; created_at: string }; session: { access_token: string; refresh_token: string; expires_in: number } };
    item: unknown;
  };
  "POST /api/auth/logout": {
    params: never;
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "POST /api/auth/refresh": {
    params: never;
    query: never;
    body: { refresh_token?: string } | undefined;
    response: { user: { id: string; email: string; created_at: string }; session: { access_token: string; refresh_token: string; expires_in: number } };
    item: unknown;
  };
  "POST /api/auth/resend": {
    params: never;
    query: never;
    body: { email: string; next?: string };
    response: Schemas["Message"];
    item: unknown;
  };
  "POST /api/auth/reset-password": {
    params: never;
    query: never;
    body: { email: string };
    response: Schemas["Message"];
    item: unknown;
  };
  "GET /api/auth/session": {
    params: never;
    query: never;
    body: never;
    response: { user: { id: string | null; email?: string }; organization: { id: string; name: string; credits: number } };
    item: unknown;
  };
  "POST /api/auth/signup": {
    params: never;
    query: never;
    body: { email: string; password: string; organizationName?: string; next?: string };
    response: { message: string; user: { id: string; email: string } };
    item: unknown;
  };
  "POST /api/auth/update-password": {
    params: never;
    query: never;
    body: { access_token: string; password: string };
    response: Schemas["Message"];
    item: unknown;
  };
  "GET /api/billing/usage": {
    params: never;
    query: { "start"?: string | number | boolean | object; "end"?: string | number | boolean | object };
    body: never;
    response: Schemas["BillingUsage"];
    item: unknown;
  };
  "DELETE /api/cancel": {
    params: never;
    query: { "agent_id"?: string | number | boolean | object; "id"?: string | number | boolean | object };
    body: { agent_id?: string; id?: string } | undefined;
    response: { success: true; message: string; refund: number; metadata: Schemas["LegacyMetadata"] };
    item: unknown;
  };
  "GET /api/credits/auto-topup": {
    params: never;
    query: never;
    body: never;
    response: { enabled: boolean; threshold: number; package: "starter" | "growth" | "scale" | null; credits: number; amount_cents: number; daily_cap: number; has_payment_method: boolean; failures: number; last_failure: string | null };
    item: unknown;
  };
  "PATCH /api/credits/auto-topup": {
    params: never;
    query: never;
    body: { enabled?: boolean; threshold?: number; package?: "starter" | "growth" | "scale" | null; credits?: number; daily_cap?: number } | undefined;
    response: { enabled: boolean; threshold: number; package: "starter" | "growth" | "scale" | null; credits: number; amount_cents: number; daily_cap: number; has_payment_method: boolean; failures: number; last_failure: string | null };
    item: unknown;
  };
  "GET /api/credits/balance": {
    params: never;
    query: never;
    body: never;
    response: { credits: number; usage_this_month: number; last_topped_up: string | null; status: "active" | "past_due"; credits_owed: number };
    item: unknown;
  };
  "GET /api/credits/history": {
    params: never;
    query: { "limit"?: number; "offset"?: number; "type"?: "purchase" | "usage" | "refund" | "grant"; "from"?: string | number | boolean | object; "to"?: string | number | boolean | object; "format"?: "json" | "csv" };
    body: never;
    response: { transactions: ({ id: string; type: "purchase" | "usage" | "refund" | "grant"; amount: number; balance_after: number; description: string; created_at: string })[] };
    item: { id: string; type: "purchase" | "usage" | "refund" | "grant"; amount: number; balance_after: number; description: string; created_at: string };
  };
  "POST /api/credits/topup": {
    params: never;
    query: never;
    body: { package?: "starter" | "growth" | "scale"; credits?: number; save_payment_method?: boolean };
    response: { sessionUrl: string; sessionId: string };
    item: unknown;
  };
  "GET /api/credits/topups": {
    params: never;
    query: { "limit"?: number; "offset"?: number; "session_id"?: string | number | boolean | object };
    body: never;
    response: { topups: Schemas["Topup"][] };
    item: Schemas["Topup"];
  };
  "GET /api/cron/process-deployments": {
    params: never;
    query: never;
    body: never;
    response: { processed: true; jobId: string; status: "completed" | "failed"; duration: number } | { processed: false; message: string };
    item: unknown;
  };
  "POST /api/cron/process-deployments": {
    params: never;
    query: never;
    body: never;
    response: { processed: true; jobId: string; status: "completed" | "failed"; duration: number } | { processed: false; message: string };
    item: unknown;
  };
  "GET /api/cron/refresh-credits": {
    params: never;
    query: never;
    body: never;
    response: { refreshed: number };
    item: unknown;
  };
  "POST /api/cron/refresh-credits": {
    params: never;
    query: never;
    body: never;
    response: { refreshed: number };
    item: unknown;
  };
  "GET /api/cron/upkeep": {
    params: never;
    query: never;
    body: never;
    response: { completed: number; failed: number };
    item: unknown;
  };
  "POST /api/cron/upkeep": {
    params: never;
    query: never;
    body: never;
    response: { completed: number; failed: number };
    item: unknown;
  };
  "GET /api/deployments/queue/stats": {
    params: never;
    query: never;
    body: never;
    response: { stats: { queued: number; processing: number; completed: number; failed: number; total: number }; health: { status: "healthy" | "warning" | "critical"; message: string }; metrics: { avgProcessingTimeSeconds: number; lastUpdated: string } };
    item: unknown;
  };
  "GET /api/deployments/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { deployment: Schemas["Deployment"] };
    item: unknown;
  };
  "POST /api/deployments/{id}/cancel": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { deployment: Schemas["Deployment"] };
    item: unknown;
  };
  "GET /api/deployments/{id}/events": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
  "GET /api/events": {
    params: never;
    query: { "limit"?: string | number | boolean | object; "offset"?: string | number | boolean | object; "cursor"?: string | number | boolean | object; "sort"?: string | number | boolean | object; "filter"?: string | number | boolean | object; "type"?: string | number | boolean | object; "agent_id"?: string | number | boolean | object; "run_id"?: string | number | boolean | object; "created_after"?: string | number | boolean | object; "created_before"?: string | number | boolean | object };
    body: never;
    response: { data: Schemas["Event"][]; pagination: { cursor: string | null; has_more: boolean } };
    item: Schemas["Event"];
  };
  "GET /api/handoff": {
    params: never;
    query: { "project_id"?: number };
    body: never;
    response: { success: true; data: Schemas["Handoff"][] };
    item: Schemas["Handoff"];
  };
  "POST /api/handoff/compress": {
    params: never;
    query: never;
    body: { project_id: number; context: string; credits_used?: number; from_account_id?: number; mode?: "documented" | "verified"; knowledge_ids?: number[] };
    response: { success: true; briefing: string; handoff_id: number; mode: "documented" | "verified"; verification?: Schemas["HandoffVerification"] };
    item: unknown;
  };
  "GET /api/handoff/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { success: true; data: Schemas["HandoffDetails"] };
    item: { id: number; title: string };
  };
  "GET /api/health": {
    params: never;
    query: never;
    body: never;
    response: Schemas["Health"];
    item: unknown;
  };
  "DELETE /api/keys/{id}": {
    params: { "id": string | number };
    query: never;
    body: { reason?: string; notify_user?: boolean } | undefined;
    response: { success: true; message: string; key_id: string };
    item: unknown;
  };
  "GET /api/knowledge": {
    params: never;
    query: { "category"?: "pattern" | "error_solution" | "optimization" | "best_practice" | "tip"; "q"?: string | number | boolean | object };
    body: never;
    response: { success: true; data: Schemas["KnowledgeEntry"][] };
    item: Schemas["KnowledgeEntry"];
  };
  "POST /api/knowledge": {
    params: never;
    query: never;
    body: { category: "pattern" | "error_solution" | "optimization" | "best_practice" | "tip"; title: string; description: string; tags?: string; success_rate?: number };
    response: { success: true; id: number };
    item: unknown;
  };
  "PATCH /api/knowledge/{id}": {
    params: { "id": string | number };
    query: never;
    body: { category?: "pattern" | "error_solution" | "optimization" | "best_practice" | "tip"; title?: string; description?: string; tags?: string; used?: boolean; success?: boolean } | undefined;
    response: { success: true; data: Schemas["KnowledgeEntry"] };
    item: unknown;
  };
  "GET /api/metrics": {
    params: never;
    query: never;
    body: never;
    response: Schemas["MetricsSummary"];
    item: unknown;
  };
  "GET /api/models": {
    params: never;
    query: never;
    body: never;
    response: Schemas["OrchestrationModel"][];
    item: Schemas["OrchestrationModel"];
  };
  "GET /api/models/{name}": {
    params: { "name": string | number };
    query: never;
    body: never;
    response: Schemas["OrchestrationModelWithStats"];
    item: string;
  };
  "GET /api/openapi.json": {
    params: never;
    query: never;
    body: never;
    response: { openapi: string } & Record<string, unknown>;
    item: unknown;
  };
  "POST /api/orchestration/cancel/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["Orchestration"];
    item: unknown;
  };
  "POST /api/orchestration/start": {
    params: never;
    query: never;
    body: Schemas["StartOrchestration"];
    response: Schemas["Orchestration"];
    item: unknown;
  };
  "GET /api/orchestration/status/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["Orchestration"];
    item: { iteration: number; model_name: string; reasoning: string; response: string; tokens_used: number; cost: number; evaluator_model: string; score: number; feedback: string; unscored?: true };
  };
  "GET /api/orchestrator/config": {
    params: never;
    query: never;
    body: never;
    response: { success: true; config: Schemas["OrchestratorConfig"] };
    item: unknown;
  };
  "PUT /api/orchestrator/config": {
    params: never;
    query: never;
    body: { daily_budget?: number; provider_limits?: { anthropic?: number | null; "kimi-coding"?: number | null }; spending_alerts?: { percents?: number[]; mail?: boolean }; retention_days?: number; budgets?: ({ scope: "key" | "team"; id: string; daily_budget: number | null })[] } | undefined;
    response: { success: true; config: Schemas["OrchestratorConfig"] };
    item: unknown;
  };
  "POST /api/orchestrator/recommend-model": {
    params: never;
    query: never;
    body: { task_type?: string; complexity?: "low" | "medium" | "high"; priority?: "low" | "normal" | "high"; estimated_tokens?: number } | undefined;
    response: { recommended_model: string; budget_available: boolean; daily_budget: number; today_spend: number; budget_remaining: number; estimated_cost: number; reason: string };
    item: unknown;
  };
  "GET /api/orchestrator/status": {
    params: never;
    query: never;
    body: never;
    response: Schemas["OrchestratorStatus"];
    item: unknown;
  };
  "GET /api/organizations": {
    params: never;
    query: never;
    body: never;
    response: { organizations: ({ id: string; name: string; role: "owner" | "admin" | "member"; current: boolean })[] };
    item: { id: string; name: string; role: "owner" | "admin" | "member"; current: boolean };
  };
  "PATCH /api/organizations": {
    params: never;
    query: never;
    body: { organization_id: string };
    response: { organizations: ({ id: string; name: string; role: "owner" | "admin" | "member"; current: boolean })[] };
    item: unknown;
  };
  "GET /api/organizations/current": {
    params: never;
    query: never;
    body: never;
    response: { organization: Schemas["Organization"]; role: "owner" | "admin" | "member" };
    item: unknown;
  };
  "PATCH /api/organizations/current": {
    params: never;
    query: never;
    body: { name: string };
    response: { organization: Schemas["Organization"] };
    item: unknown;
  };
  "GET /api/organizations/invitations": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { invitations: Schemas["Invitation"][] };
    item: Schemas["Invitation"];
  };
  "POST /api/organizations/invitations/accept": {
    params: never;
    query: never;
    body: { token: string };
    response: { organization: Schemas["Organization"]; role: "owner" | "admin" | "member" };
    item: unknown;
  };
  "DELETE /api/organizations/invitations/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "GET /api/organizations/members": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { members: Schemas["Member"][] };
    item: Schemas["Member"];
  };
  "POST /api/organizations/members": {
    params: never;
    query: never;
    body: { email: string; role?: "member" | "admin" };
    response: { invitation: { id: string; email: string; role: "member" | "admin"; expires_at: string; created_at: string; token: string; url: string; mailed: boolean } };
    item: unknown;
  };
  "DELETE /api/organizations/members/{userId}": {
    params: { "userId": string | number };
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "POST /api/pricing/batch-quotes": {
    params: never;
    query: never;
    body: Schemas["PricingBatchInput"];
    response: { success: true; input_params: { model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; complexity: "low" | "medium" | "high"; estimated_input: number; estimated_output: number; delivery_type: "task" | "subscription" | "enterprise" }; quotes_by_segment: { enterprise: { quote_id: string; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"] }; mid_market: { quote_id: string; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"] }; smb: { quote_id: string; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"] }; startup: { quote_id: string; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"] } }; comparison: { best_value_segment: "enterprise" | "mid_market" | "smb" | "startup"; best_value_price: number; highest_margin_segment: "enterprise" | "mid_market" | "smb" | "startup"; highest_margin_pct: number } };
    item: unknown;
  };
  "POST /api/pricing/decision": {
    params: never;
    query: never;
    body: Schemas["PricingDecisionInput"];
    response: { success: true; decision_id: string; quote_id: string; decision: Schemas["PricingDecision"]; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"]; experiment?: { experiment_id: string; subject: string; variant: "control" | "test" } };
    item: unknown;
  };
  "GET /api/pricing/decisions": {
    params: never;
    query: { "limit"?: number; "offset"?: number; "state"?: "approved" | "waiting" | "excepted" | "declined" };
    body: never;
    response: { success: true; decisions: Schemas["StoredPricingDecision"][]; pagination: { total: number; limit: number; offset: number; has_more: boolean; next_offset: number | null; previous_offset: number | null } };
    item: Schemas["StoredPricingDecision"];
  };
  "GET /api/pricing/decisions/{decision_id}": {
    params: { "decision_id": string | number };
    query: never;
    body: never;
    response: { decision_id: string; quote_id: string; state: "approved" | "waiting" | "excepted" | "declined"; decision: Schemas["PricingDecision"]; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"]; exception_id: string | null; resolved_at: string | null; success: true };
    item: unknown;
  };
  "POST /api/pricing/decisions/{decision_id}/decline": {
    params: { "decision_id": string | number };
    query: never;
    body: never;
    response: { decision_id: string; quote_id: string; state: "approved" | "waiting" | "excepted" | "declined"; decision: Schemas["PricingDecision"]; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"]; exception_id: string | null; resolved_at: string | null; success: true };
    item: unknown;
  };
  "POST /api/pricing/exception-alert": {
    params: never;
    query: never;
    body: Schemas["PricingExceptionAlertInput"];
    response: { success: true; exception_aging: Schemas["PricingExceptionAging"]; exception_alert: Schemas["PricingAlert"] };
    item: unknown;
  };
  "GET /api/pricing/exceptions": {
    params: never;
    query: { "limit"?: number; "offset"?: number; "status"?: "open" | "closed" };
    body: never;
    response: { success: true; exceptions: Schemas["PricingException"][]; count: number; pagination: { total: number; limit: number; offset: number; has_more: boolean; next_offset: number | null; previous_offset: number | null }; exception_aging: Schemas["PricingExceptionAging"]; exception_alert: Schemas["PricingAlert"] };
    item: Schemas["PricingException"];
  };
  "POST /api/pricing/exceptions": {
    params: never;
    query: never;
    body: Schemas["PricingExceptionInput"];
    response: { success: true; exception: Schemas["PricingException"] };
    item: unknown;
  };
  "POST /api/pricing/exceptions/{exception_id}/close": {
    params: { "exception_id": string | number };
    query: never;
    body: Schemas["PricingCloseInput"] | undefined;
    response: { success: true; exception: Schemas["PricingException"] };
    item: unknown;
  };
  "POST /api/pricing/experiment-summary": {
    params: never;
    query: never;
    body: Schemas["PricingExperimentInput"];
    response: { status: "complete" | "insufficient_data"; control: { count: number; approval_rate: number; avg_margin_pct: number }; test: { count: number; approval_rate: number; avg_margin_pct: number }; recommendation: "roll_out" | "discard" | "inconclusive"; success: true };
    item: unknown;
  };
  "GET /api/pricing/experiments": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { success: true; experiments: Schemas["PricingExperiment"][]; pagination: { total: number; limit: number; offset: number; has_more: boolean; next_offset: number | null; previous_offset: number | null } };
    item: Schemas["PricingExperiment"];
  };
  "POST /api/pricing/experiments": {
    params: never;
    query: never;
    body: Schemas["NewPricingExperiment"];
    response: { success: true; experiment: Schemas["PricingExperiment"] };
    item: unknown;
  };
  "GET /api/pricing/experiments/{experiment_id}": {
    params: { "experiment_id": string | number };
    query: never;
    body: never;
    response: { success: true; experiment: Schemas["PricingExperiment"] };
    item: unknown;
  };
  "POST /api/pricing/experiments/{experiment_id}/assign": {
    params: { "experiment_id": string | number };
    query: never;
    body: Schemas["PricingAssignInput"];
    response: { success: true; experiment_id: string; subject: string; variant: "control" | "test"; markup_adjustment: number };
    item: unknown;
  };
  "POST /api/pricing/experiments/{experiment_id}/complete": {
    params: { "experiment_id": string | number };
    query: never;
    body: never;
    response: { success: true; experiment: Schemas["PricingExperiment"] };
    item: unknown;
  };
  "POST /api/pricing/experiments/{experiment_id}/track": {
    params: { "experiment_id": string | number };
    query: never;
    body: Schemas["PricingTrackInput"];
    response: { success: true; experiment: Schemas["PricingExperiment"] };
    item: unknown;
  };
  "GET /api/pricing/health": {
    params: never;
    query: never;
    body: never;
    response: { success: true; health: { status: "healthy" | "warning" | "critical"; daily_cost: number; daily_budget: number; budget_utilization_pct: number; tasks_completed: number; avg_cost_per_task: number; issues: string[]; by_model: Record<string, { cost: number; calls: number; avg_per_call: number }> } };
    item: unknown;
  };
  "POST /api/pricing/interval-quote": {
    params: never;
    query: never;
    body: Schemas["PricingIntervalInput"];
    response: { success: true; task_type: string; sample_count: number; status: "complete" | "insufficient_data"; p50: { quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"] } | null; p90: { quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"] } | null };
    item: unknown;
  };
  "GET /api/pricing/policy": {
    params: never;
    query: never;
    body: never;
    response: { success: true; pricing_policy: Schemas["PricingPolicy"]; version: number; effective_at: string | null; scheduled: Schemas["PricingPolicyVersion"][] };
    item: Schemas["PricingPolicyVersion"];
  };
  "PUT /api/pricing/policy": {
    params: never;
    query: never;
    body: Schemas["UpdatePricingPolicy"] | undefined;
    response: { success: true; pricing_policy: Schemas["PricingPolicy"]; version: number; effective_at: string | null; scheduled: Schemas["PricingPolicyVersion"][] };
    item: unknown;
  };
  "POST /api/pricing/policy/preview": {
    params: never;
    query: never;
    body: Schemas["UpdatePricingPolicy"] | undefined;
    response: { success: true; pricing_policy: Schemas["PricingPolicy"]; changed: string[]; quote_count: number; changed_price_count: number; revenue: { before: number; after: number }; average_margin_pct: { before: number; after: number }; compliant_count: { before: number; after: number } };
    item: unknown;
  };
  "GET /api/pricing/policy/versions": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { success: true; versions: Schemas["PricingPolicyVersion"][] };
    item: Schemas["PricingPolicyVersion"];
  };
  "POST /api/pricing/portfolio-alert": {
    params: never;
    query: never;
    body: Schemas["PricingPortfolioInput"];
    response: { success: true; portfolio_summary: { scenario_count: number; compliant_count: number; compliance_ratio: number; needs_escalation: boolean; requires_executive_review: boolean; average_margin_pct: number }; portfolio_alert: Schemas["PricingAlert"] };
    item: unknown;
  };
  "POST /api/pricing/quote": {
    params: never;
    query: never;
    body: Schemas["PricingQuoteInput"];
    response: { quote_id: string; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"]; success: true; policy_version: number };
    item: unknown;
  };
  "GET /api/pricing/quotes": {
    params: never;
    query: { "limit"?: number; "offset"?: number; "model"?: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; "segment"?: "enterprise" | "mid_market" | "smb" | "startup"; "delivery_type"?: "task" | "subscription" | "enterprise"; "source"?: "quote" | "batch" | "decision" | "scenario"; "guardrail"?: "met" | "missed"; "from"?: string | number | boolean | object; "to"?: string | number | boolean | object; "format"?: "json" | "csv" };
    body: never;
    response: { success: true; quotes: Schemas["StoredPricingQuote"][]; total: number };
    item: Schemas["StoredPricingQuote"];
  };
  "GET /api/pricing/quotes/{quote_id}": {
    params: { "quote_id": string | number };
    query: never;
    body: never;
    response: { success: true; quote: Schemas["StoredPricingQuote"] };
    item: unknown;
  };
  "GET /api/pricing/realised-margin": {
    params: never;
    query: { "days"?: number };
    body: never;
    response: { success: true; days: number; total: { quotes: number; attempts: number; revenue: number; quoted_cost: number; actual_cost: number; quoted_margin_pct: number; realised_margin_pct: number }; by_model_and_segment: ({ quotes: number; attempts: number; revenue: number; quoted_cost: number; actual_cost: number; quoted_margin_pct: number; realised_margin_pct: number; model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; segment: "enterprise" | "mid_market" | "smb" | "startup" })[] };
    item: { quotes: number; attempts: number; revenue: number; quoted_cost: number; actual_cost: number; quoted_margin_pct: number; realised_margin_pct: number; model: "k2p5" | "sonnet" | "opus" | "minimax-m2.5"; segment: "enterprise" | "mid_market" | "smb" | "startup" };
  };
  "GET /api/pricing/report": {
    params: never;
    query: never;
    body: never;
    response: { success: true; report: { generated_at: string; period: "daily"; health: Schemas["PricingHealth"]; by_model: Record<string, { cost: number; calls: number; avg_per_call: number }>; sample_quotes_by_segment: { enterprise: Schemas["PricingQuote"]; mid_market: Schemas["PricingQuote"]; smb: Schemas["PricingQuote"]; startup: Schemas["PricingQuote"] }; pricing_policy: Schemas["PricingPolicy"] } };
    item: unknown;
  };
  "POST /api/pricing/scenario": {
    params: never;
    query: never;
    body: Schemas["PricingScenarioInput"];
    response: { success: true; delivery_type: "task" | "subscription" | "enterprise"; scenario_count: number; compliant_count: number; compliance_ratio: number; needs_escalation: boolean; requires_executive_review: boolean; average_margin_pct: number; results: { quote_id: string; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"] }[] };
    item: unknown;
  };
  "GET /api/pricing/scenario-sets": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { success: true; scenario_sets: Schemas["PricingScenarioSet"][] };
    item: Schemas["PricingScenarioSet"];
  };
  "POST /api/pricing/scenario-sets": {
    params: never;
    query: never;
    body: Schemas["NewPricingScenarioSet"];
    response: { success: true; scenario_set: Schemas["PricingScenarioSet"] };
    item: unknown;
  };
  "GET /api/pricing/scenario-sets/{scenario_set_id}": {
    params: { "scenario_set_id": string | number };
    query: never;
    body: never;
    response: { success: true; scenario_set: Schemas["PricingScenarioSet"] };
    item: unknown;
  };
  "DELETE /api/pricing/scenario-sets/{scenario_set_id}": {
    params: { "scenario_set_id": string | number };
    query: never;
    body: never;
    response: { success: true; message: string };
    item: unknown;
  };
  "POST /api/pricing/scenario-sets/{scenario_set_id}/evaluate": {
    params: { "scenario_set_id": string | number };
    query: never;
    body: never;
    response: { success: true; delivery_type: "task" | "subscription" | "enterprise"; scenario_count: number; compliant_count: number; compliance_ratio: number; needs_escalation: boolean; requires_executive_review: boolean; average_margin_pct: number; results: { quote_id: string; quote: Schemas["PricingQuote"]; guardrail_check: Schemas["PricingGuardrail"] }[] };
    item: unknown;
  };
  "GET /api/pricing/status": {
    params: never;
    query: never;
    body: never;
    response: { success: true; pricing_policy: Schemas["PricingPolicy"]; example_quotes: { enterprise: Schemas["PricingQuote"]; mid_market: Schemas["PricingQuote"]; smb: Schemas["PricingQuote"]; startup: Schemas["PricingQuote"] }; guardrail_check: Schemas["PricingGuardrail"] };
    item: unknown;
  };
  "POST /api/pricing/webhook": {
    params: never;
    query: never;
    body: Schemas["CreatePricingWebhook"];
    response: { success: true; webhook_id: string; url: string; events: string[]; message: string };
    item: unknown;
  };
  "DELETE /api/pricing/webhook/{webhook_id}": {
    params: { "webhook_id": string | number };
    query: never;
    body: never;
    response: { success: true; message: string };
    item: unknown;
  };
  "GET /api/pricing/webhooks": {
    params: never;
    query: never;
    body: never;
    response: { success: true; webhooks: { webhook_id: string; url: string; events: string[]; created_at: string }[]; count: number };
    item: { webhook_id: string; url: string; events: string[]; created_at: string };
  };
  "POST /api/pricing/weekly-comparison": {
    params: never;
    query: never;
    body: Schemas["PricingComparisonInput"];
    response: { week_over_week_changes: { total_quotes_change: number; approval_rate_change: number; avg_margin_change: number; exceptions_created_change: number }; significant_shifts: string[]; requires_review: boolean; success: true };
    item: unknown;
  };
  "POST /api/pricing/weekly-metrics": {
    params: never;
    query: never;
    body: Schemas["PricingWeeklyInput"];
    response: { success: true; weekly_metrics: Schemas["PricingWeeklyMetrics"] };
    item: unknown;
  };
  "DELETE /api/privacy/agents/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { success: true; message: string; agent_id: string; deleted: { runs: number; steps: number; events: number } };
    item: unknown;
  };
  "GET /api/privacy/export": {
    params: never;
    query: never;
    body: never;
    response: { organization_id: string; exported_at: string; format: 1; data: Record<string, Record<string, unknown>[]> };
    item: unknown;
  };
  "GET /api/privacy/inventory": {
    params: never;
    query: never;
    body: never;
    response: { success: true; generated_at: string; categories: ({ name: string; description: string | null; records: number })[]; retention: { content_days: number; audit_days: number }; encryption: { algorithm: "AES-256-GCM"; runs_with_own_key: number }; opt_out: { training: boolean; analytics: boolean } };
    item: { name: string; description: string | null; records: number };
  };
  "POST /api/privacy/opt-out": {
    params: never;
    query: never;
    body: { training?: boolean; analytics?: boolean } | undefined;
    response: { success: true; opt_out: { training: boolean; analytics: boolean }; updated_at: string };
    item: unknown;
  };
  "POST /api/private/analyze-credits": {
    params: never;
    query: never;
    body: { project_id: number; days?: number };
    response: { success: true; data: Schemas["CreditAnalysis"] };
    item: unknown;
  };
  "POST /api/private/auto-rotate": {
    params: never;
    query: never;
    body: { current_account_id: number; project_id: number; dry_run?: boolean };
    response: { success: true; next_account: Schemas["BestAccount"]; briefing: string; handoff_id: number | null; dry_run: boolean };
    item: unknown;
  };
  "POST /api/private/batch-create-accounts": {
    params: never;
    query: never;
    body: { accounts: ({ account_name: string; account_email?: string | null; platform?: "genspark" | "claude" | "chatgpt" | "gemini" | "other"; specialization?: string | null; provider?: "openai" | "anthropic" | "kimi-coding" | "minimax" | "ollama" | "compatible" | null; base_url?: string | null; credential?: string | null; resets_at?: string | null })[] };
    response: { success: true; message: string; accounts: { name: string; id: number }[] };
    item: unknown;
  };
  "POST /api/private/export-project": {
    params: never;
    query: never;
    body: { project_id: number };
    response: { success: true; data: Schemas["ProjectExport"] };
    item: unknown;
  };
  "POST /api/private/import-project": {
    params: never;
    query: never;
    body: { data: { project: { name: string; description?: string | null; status?: "active" | "paused" | "completed" | "archived"; created_at?: string }; sessions?: ({ session_number: number; session_type?: "development" | "bugfix" | "feature" | "refactor" | "deployment"; objectives?: string | null; accomplishments?: string | null; blockers?: string | null; credits_used: number; duration_minutes?: number | null; status: "in_progress" | "completed" | "failed" | "handed_off"; started_at?: string; completed_at?: string | null; account_name?: string })[]; files?: ({ file_path: string; importance?: "critical" | "high" | "medium" | "low" })[]; knowledge?: ({ category: "pattern" | "error_solution" | "optimization" | "best_practice" | "tip"; title: string; description: string; tags?: string; usage_count?: number; success_rate?: number })[]; accounts?: ({ account_name: string; platform?: "genspark" | "claude" | "chatgpt" | "gemini" | "other"; specialization?: string | null })[] } };
    response: { success: true; id: number; sessions: number; files: number; knowledge: number; accounts: number };
    item: unknown;
  };
  "POST /api/private/select-best-account": {
    params: never;
    query: never;
    body: { specialization?: string | null; min_credits?: number } | undefined;
    response: { success: true; data: Schemas["BestAccount"] };
    item: unknown;
  };
  "POST /api/private/smart-compress": {
    params: never;
    query: never;
    body: { project_id: number; context: string; compress_level?: "low" | "medium" | "high"; mode?: "documented" | "verified"; knowledge_ids?: number[] };
    response: { success: true; briefing: string; handoff_id: number; mode: "documented" | "verified"; verification?: Schemas["HandoffVerification"]; stats: { original_lines: number; compressed_lines: number; compression_ratio: number } };
    item: unknown;
  };
  "GET /api/projects": {
    params: never;
    query: never;
    body: never;
    response: { success: true; data: Schemas["Project"][] };
    item: Schemas["Project"];
  };
  "POST /api/projects": {
    params: never;
    query: never;
    body: { name: string; description?: string | null };
    response: { success: true; id: number };
    item: unknown;
  };
  "GET /api/projects/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { success: true; data: Schemas["Project"] };
    item: unknown;
  };
  "PATCH /api/projects/{id}": {
    params: { "id": string | number };
    query: never;
    body: { name?: string; description?: string | null; status?: "active" | "paused" | "completed" | "archived" } | undefined;
    response: { success: true; data: Schemas["Project"] };
    item: unknown;
  };
  "GET /api/projects/{id}/files": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { success: true; data: Schemas["ProjectFile"][] };
    item: Schemas["ProjectFile"];
  };
  "POST /api/projects/{id}/files": {
    params: { "id": string | number };
    query: never;
    body: { file_path: string; importance?: "critical" | "high" | "medium" | "low" };
    response: { success: true; id: number };
    item: unknown;
  };
  "GET /api/provider-keys": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { providerKeys: Schemas["ProviderKey"][] };
    item: Schemas["ProviderKey"];
  };
  "POST /api/provider-keys": {
    params: never;
    query: never;
    body: { provider: "openai" | "anthropic" | "kimi-coding" | "minimax" | "ollama" | "compatible"; label?: string; key?: string; base_url?: string | null; is_active?: boolean };
    response: { providerKey: Schemas["ProviderKey"] };
    item: unknown;
  };
  "DELETE /api/provider-keys/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["Message"];
    item: unknown;
  };
  "PATCH /api/provider-keys/{id}": {
    params: { "id": string | number };
    query: never;
    body: { label?: string; key?: string; base_url?: string | null; is_active?: boolean } | undefined;
    response: { providerKey: Schemas["ProviderKey"] };
    item: unknown;
  };
  "POST /api/provider-keys/{id}/test": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["ProviderKeyTest"];
    item: unknown;
  };
  "GET /api/rate-limits": {
    params: never;
    query: never;
    body: never;
    response: { limits: { kimi: { used: number; limit: number; remaining: number; reset_at: string }; anthropic: { used: number; limit: number; remaining: number; reset_at: string } } };
    item: unknown;
  };
  "GET /api/runs/{id}/events": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
  "GET /api/security/audit": {
    params: never;
    query: { "limit"?: string | number | boolean | object; "offset"?: string | number | boolean | object; "cursor"?: string | number | boolean | object; "sort"?: string | number | boolean | object; "filter"?: string | number | boolean | object; "event"?: string | number | boolean | object; "severity"?: string | number | boolean | object; "api_key_id"?: string | number | boolean | object; "ip_address"?: string | number | boolean | object; "resource_type"?: string | number | boolean | object; "resource_id"?: string | number | boolean | object; "text_contains"?: string | number | boolean | object; "created_after"?: string | number | boolean | object; "created_before"?: string | number | boolean | object; "format"?: "json" | "csv" | "ndjson" };
    body: never;
    response: { success: true; settings: Schemas["AuditSettings"]; entries: Schemas["AuditEntry"][]; pagination: Schemas["Pagination"] };
    item: Schemas["AuditEntry"];
  };
  "POST /api/security/audit": {
    params: never;
    query: never;
    body: { enabled: boolean; log_level?: "minimal" | "standard" | "verbose"; retention_days?: number; include_request_body?: boolean; include_response_body?: boolean; events?: ("agent.spawn" | "agent.complete" | "agent.fail" | "api.key.used" | "config.change" | "security.violation")[] };
    response: { success: true; audit: Schemas["AuditSettings"] };
    item: unknown;
  };
  "GET /api/security/block-ip": {
    params: never;
    query: never;
    body: never;
    response: { success: true; blocked_ips: Schemas["BlockedIp"][]; count: number };
    item: Schemas["BlockedIp"];
  };
  "POST /api/security/block-ip": {
    params: never;
    query: never;
    body: { ip: string; reason?: string; duration_hours?: number; confirm_lockout?: boolean };
    response: { success: true; ip: string; reason: string | null; blocked_until: string };
    item: unknown;
  };
  "DELETE /api/security/block-ip": {
    params: never;
    query: { "ip"?: string | number | boolean | object };
    body: { ip?: string } | undefined;
    response: { success: true; message: string; ip: string };
    item: unknown;
  };
  "GET /api/security/ip-whitelist": {
    params: never;
    query: never;
    body: never;
    response: Schemas["IpPolicy"];
    item: string;
  };
  "PUT /api/security/ip-whitelist": {
    params: never;
    query: never;
    body: { allowed_ips: string[]; enforce?: boolean; log_violations?: boolean; confirm_lockout?: boolean };
    response: Schemas["IpPolicy"];
    item: unknown;
  };
  "GET /api/sessions": {
    params: never;
    query: { "project_id"?: number; "account_id"?: number };
    body: never;
    response: { success: true; data: Schemas["WorkSession"][] };
    item: Schemas["WorkSession"];
  };
  "POST /api/sessions": {
    params: never;
    query: never;
    body: { project_id: number; account_id: number; session_type?: "development" | "bugfix" | "feature" | "refactor" | "deployment"; objectives?: string | null } | Schemas["CreateSession"];
    response: { success: true; id: number; session_number: number; suggestions: { id: number; category: string; title: string }[] } | Schemas["OrchestrationSession"];
    item: unknown;
  };
  "GET /api/sessions/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["OrchestrationSession"] | { success: true; data: Schemas["WorkSession"] };
    item: unknown;
  };
  "PATCH /api/sessions/{id}": {
    params: { "id": string | number };
    query: never;
    body: { status?: "in_progress" | "completed" | "failed" | "handed_off"; credits_used?: number; objectives?: string | null; accomplishments?: string | null; blockers?: string | null } | undefined;
    response: { success: true; data: Schemas["WorkSession"] };
    item: unknown;
  };
  "GET /api/sessions/{id}/events": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
  "PATCH /api/sessions/{id}/status": {
    params: { "id": string | number };
    query: never;
    body: Schemas["ChangeSessionStatus"];
    response: Schemas["OrchestrationSession"];
    item: unknown;
  };
  "POST /api/spawn": {
    params: never;
    query: never;
    body: Schemas["Spawn"];
    response: { success: true; agent_id: string; model: string; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; estimated_cost: number };
    item: unknown;
  };
  "POST /api/spawn-batch": {
    params: never;
    query: never;
    body: { agents: Schemas["Spawn"][] };
    response: { success: true; agents: ({ agent_id: string; model: string; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; estimated_cost: number })[]; count: number; total_estimated_cost: number };
    item: unknown;
  };
  "POST /api/spawn-team": {
    params: never;
    query: never;
    body: { team: string; task: string; priority?: "low" | "normal" | "high"; timeout?: number; privacy?: { detect_pii?: boolean; mask_pii_in_logs?: boolean; encrypt_output?: boolean; retention_days?: number }; tools?: ({ name: string; description: string; method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"; url: string; headers?: Record<string, string>; parameters?: Record<string, unknown> })[]; use_knowledge?: boolean; quote_id?: string };
    response: { success: true; agent_id: string; team: string; models: string[]; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; estimated_cost: number };
    item: unknown;
  };
  "GET /api/stats": {
    params: never;
    query: never;
    body: never;
    response: { success: true; data: Schemas["WorkDeskStats"] };
    item: unknown;
  };
  "GET /api/status": {
    params: never;
    query: { "agent_id"?: string | number | boolean | object; "id"?: string | number | boolean | object };
    body: never;
    response: { agent_id: string; model: string; status: "spawning" | "running" | "completed" | "failed" | "cancelled"; task: string; created: string; started: string | null; completed: string | null; result: string | null; cost: number; estimated_cost: number; team: string | null; priority: "low" | "normal" | "high"; timeout: number; error: string | null; quote_id: string | null; run_id: string; simulated: boolean; privacy: { detect_pii: boolean; mask_pii_in_logs: boolean; encrypt_output: boolean; retention_days: number | null; pii_found: string[] }; metadata: Schemas["LegacyMetadata"] };
    item: unknown;
  };
  "GET /api/storage/{token}": {
    params: { "token": string | number };
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
  "PUT /api/storage/{token}": {
    params: { "token": string | number };
    query: never;
    body: Blob | string;
    response: unknown;
    item: unknown;
  };
  "POST /api/stripe/webhook": {
    params: never;
    query: never;
    body: { type: string; data: { object: Record<string, unknown> } & Record<string, unknown> } & Record<string, unknown>;
    response: { received: true };
    item: unknown;
  };
  "GET /api/system": {
    params: never;
    query: never;
    body: never;
    response: { cpu_temp: number | null; load_average: number; memory_usage: number; uptime: string; disk_free: string; active_agents: number };
    item: unknown;
  };
  "GET /api/teams": {
    params: never;
    query: never;
    body: never;
    response: { teams: Schemas["Team"][]; count: number };
    item: Schemas["Team"];
  };
  "POST /api/teams": {
    params: never;
    query: never;
    body: { team: string; name: string; description?: string; models: string[] };
    response: { success: true; team: Schemas["Team"] };
    item: unknown;
  };
  "DELETE /api/teams/{team}": {
    params: { "team": string | number };
    query: never;
    body: never;
    response: { success: true; message: string };
    item: unknown;
  };
  "PATCH /api/teams/{team}": {
    params: { "team": string | number };
    query: never;
    body: { name?: string; description?: string | null; models?: string[] } | undefined;
    response: { success: true; team: Schemas["Team"] };
    item: unknown;
  };
  "POST /api/threads": {
    params: never;
    query: never;
    body: Schemas["CreateThread"];
    response: Schemas["OrchestrationThread"];
    item: unknown;
  };
  "GET /api/threads/session/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["OrchestrationThread"][];
    item: Schemas["OrchestrationThread"];
  };
  "GET /api/threads/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: Schemas["OrchestrationThreadDetails"];
    item: string;
  };
  "GET /api/usage/activity": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { events: { id: string; type: string; description: string; value?: number; timestamp: string }[] };
    item: { id: string; type: string; description: string; value?: number; timestamp: string };
  };
  "GET /api/usage/breakdown": {
    params: never;
    query: { "by": "model" | "app" | "key" | "member"; "days"?: number; "limit"?: number };
    body: never;
    response: Schemas["UsageBreakdown"];
    item: { invocations: number; apiCalls: number; credits: number; costMicros: number | null; id: string | null; name: string };
  };
  "GET /api/usage/budget": {
    params: never;
    query: never;
    body: never;
    response: { budget: Schemas["UsageBudget"] };
    item: unknown;
  };
  "PATCH /api/usage/budget": {
    params: never;
    query: never;
    body: { monthlyCredits: number | null };
    response: { budget: Schemas["UsageBudget"] };
    item: unknown;
  };
  "GET /api/usage/chart": {
    params: never;
    query: { "days"?: number };
    body: never;
    response: { data: { date: string; invocations: number; credits: number }[] };
    item: { date: string; invocations: number; credits: number };
  };
  "POST /api/usage/export": {
    params: never;
    query: never;
    body: { format: "csv" | "json"; startDate: string; endDate: string };
    response: { downloadUrl: string; expiresAt: string };
    item: unknown;
  };
  "GET /api/usage/exports/{token}": {
    params: { "token": string | number };
    query: never;
    body: never;
    response: Record<string, unknown>[];
    item: Record<string, unknown>;
  };
  "GET /api/usage/metrics": {
    params: never;
    query: never;
    body: never;
    response: Schemas["UsageMetrics"];
    item: unknown;
  };
  "GET /api/webhooks": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { webhooks: Schemas["Webhook"][] };
    item: Schemas["Webhook"];
  };
  "POST /api/webhooks": {
    params: never;
    query: never;
    body: { url: string; events: ("agent.spawned" | "agent.started" | "agent.completed" | "agent.failed" | "agent.cancelled" | "chat.completed" | "session.ended" | "deployment.queued" | "deployment.started" | "deployment.completed" | "deployment.failed" | "budget.alert")[]; secret?: string };
    response: { success: true; webhook_id: string; url: string; events: string[]; message: string };
    item: unknown;
  };
  "DELETE /api/webhooks/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { success: true; message: string };
    item: unknown;
  };
  "POST /chat/v1/chat": {
    params: never;
    query: never;
    body: Schemas["LegacyChatRequest"];
    response: { success: true; data: Schemas["LegacyChatReply"]; metadata: Schemas["OrchestraMetadata"]; error: null; response?: string; sessionId?: string };
    item: unknown;
  };
  "POST /chat/v2/chat": {
    params: never;
    query: never;
    body: Schemas["ChatRequest"] | Schemas["LegacyChatRequest"];
    response: { success: true; data: Schemas["LegacyChatReply"] | Schemas["ChatReply"]; metadata: Schemas["OrchestraMetadata"]; error: null; response?: string; sessionId?: string };
    item: unknown;
  };
  "GET /chat/v2/sessions/{session_id}/history": {
    params: { "session_id": string | number };
    query: never;
    body: never;
    response: { success: true; data: Schemas["ChatHistory"]; metadata: Schemas["OrchestraMetadata"]; error: null };
    item: { role: "user" | "assistant"; content: string; created_at: string };
  };
  "GET /chat/v2/stream": {
    params: never;
    query: { "message": string | number | boolean | object; "session_id"?: string | number | boolean | object; "optimization_mode"?: "lite" | "balanced" | "quality"; "swarm_type"?: "coding-team" | "research-team" | "creative-team" | "coding-debate"; "use_memory"?: "true" | "false" };
    body: never;
    response: unknown;
    item: unknown;
  };
  "GET /chat/v2/webhooks": {
    params: never;
    query: { "limit"?: number; "offset"?: number };
    body: never;
    response: { success: true; data: { webhooks: Schemas["Webhook"][]; count: number }; metadata: Schemas["OrchestraMetadata"]; error: null };
    item: Schemas["Webhook"];
  };
  "POST /chat/v2/webhooks": {
    params: never;
    query: never;
    body: { url: string; events: ("chat.completed" | "session.ended")[]; secret?: string };
    response: { success: true; data: { id: string; url: string; events: string[]; active: boolean; created_at: string }; metadata: Schemas["OrchestraMetadata"]; error: null };
    item: unknown;
  };
  "DELETE /chat/v2/webhooks/{id}": {
    params: { "id": string | number };
    query: never;
    body: never;
    response: { success: true; data: { deleted: true; id: string }; metadata: Schemas["OrchestraMetadata"]; error: null };
    item: unknown;
  };
  "GET /chat/ws/{client_id}/{session_id}": {
    params: { "client_id": string | number; "session_id": string | number };
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
  "GET /health": {
    params: never;
    query: never;
    body: never;
    response: Schemas["Health"];
    item: unknown;
  };
  "POST /mcp": {
    params: never;
    query: never;
    body: Schemas["McpMessage"];
    response: { jsonrpc: "2.0"; id: string | number } & Record<string, unknown>;
    item: unknown;
  };
  "GET /metrics": {
    params: never;
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
  "GET /readiness": {
    params: never;
    query: never;
    body: never;
    response: Schemas["Readiness"];
    item: unknown;
  };
  "GET /api/sessions/user/{user_id}": {
    params: { "user_id": string | number };
    query: never;
    body: never;
    response: Schemas["OrchestrationSession"][];
    item: Schemas["OrchestrationSession"];
  };
  "POST /v1/chat/completions": {
    params: never;
    query: never;
    body: Schemas["ChatCompletionRequest"];
    response: Schemas["ChatCompletion"];
    item: unknown;
  };
  "POST /v1/messages": {
    params: never;
    query: never;
    body: Schemas["MessagesRequest"];
    response: Schemas["AnthropicMessage"];
    item: unknown;
  };
  "POST /v1/messages/count_tokens": {
    params: never;
    query: never;
    body: Schemas["CountTokensRequest"];
    response: { input_tokens: number };
    item: unknown;
  };
  "GET /v1/models": {
    params: never;
    query: never;
    body: never;
    response: Schemas["ModelList"];
    item: Schemas["ListedModel"];
  };
  "GET /v1/models/{model}": {
    params: { "model": string | number };
    query: never;
    body: never;
    response: Schemas["ListedModel"];
    item: unknown;
  };
  "GET /ws/{session_id}": {
    params: { "session_id": string | number };
    query: never;
    body: never;
    response: unknown;
    item: unknown;
  };
};

/** Operations that honour `Idempotency-Key`. */
export const idempotentOperations: readonly string[] = [
  "POST /api/accounts",
  "POST /api/agent",
  "POST /api/agent-apps",
  "POST /api/agent-apps/{id}/invoke",
  "POST /api/agent-apps/{id}/packages",
  "POST /api/agent-apps/{id}/packages/deploy",
  "POST /api/agent-apps/{id}/packages/upload-url",
  "POST /api/agent-apps/{id}/rollback",
  "POST /api/agent-apps/{id}/signing-secret",
  "POST /api/agent-apps/{id}/webhooks",
  "POST /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/replay",
  "POST /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/{deliveryId}/replay",
  "POST /api/agent-apps/{id}/webhooks/{webhookId}/secret",
  "POST /api/agent-apps/{id}/webhooks/{webhookId}/test",
  "POST /api/api-keys",
  "POST /api/api-keys/{id}/rotate",
  "POST /api/credits/topup",
  "POST /api/deployments/{id}/cancel",
  "POST /api/handoff/compress",
  "POST /api/knowledge",
  "POST /api/orchestration/start",
  "PUT /api/orchestrator/config",
  "POST /api/organizations/members",
  "POST /api/pricing/batch-quotes",
  "POST /api/pricing/decision",
  "POST /api/pricing/decisions/{decision_id}/decline",
  "POST /api/pricing/exception-alert",
  "POST /api/pricing/exceptions",
  "POST /api/pricing/exceptions/{exception_id}/close",
  "POST /api/pricing/experiment-summary",
  "POST /api/pricing/experiments",
  "POST /api/pricing/experiments/{experiment_id}/assign",
  "POST /api/pricing/experiments/{experiment_id}/complete",
  "POST /api/pricing/experiments/{experiment_id}/track",
  "POST /api/pricing/interval-quote",
  "PUT /api/pricing/policy",
  "POST /api/pricing/policy/preview",
  "POST /api/pricing/portfolio-alert",
  "POST /api/pricing/quote",
  "POST /api/pricing/scenario",
  "POST /api/pricing/scenario-sets",
  "POST /api/pricing/scenario-sets/{scenario_set_id}/evaluate",
  "POST /api/pricing/webhook",
  "POST /api/pricing/weekly-comparison",
  "POST /api/pricing/weekly-metrics",
  "POST /api/privacy/opt-out",
  "POST /api/private/analyze-credits",
  "POST /api/private/auto-rotate",
  "POST /api/private/batch-create-accounts",
  "POST /api/private/export-project",
  "POST /api/private/import-project",
  "POST /api/private/select-best-account",
  "POST /api/private/smart-compress",
  "POST /api/projects",
  "POST /api/projects/{id}/files",
  "POST /api/provider-keys",
  "POST /api/security/audit",
  "POST /api/security/block-ip",
  "PUT /api/security/ip-whitelist",
  "POST /api/sessions",
  "POST /api/spawn",
  "POST /api/spawn-batch",
  "POST /api/spawn-team",
  "POST /api/teams",
  "POST /api/threads",
  "POST /api/usage/export",
  "POST /api/webhooks",
  "POST /chat/v2/webhooks",
];

/** Lists: where their things are in an answer, and how they are paged. */
export const lists: Readonly<Record<string, { at: string; by: "cursor" | "offset" | "none" }>> = {
  "GET /api/accounts": { at: "data", by: "none" },
  "GET /api/agent-apps": { at: "apps", by: "offset" },
  "GET /api/agent-apps/{id}/deployments": { at: "deployments", by: "offset" },
  "GET /api/agent-apps/{id}/invocations": { at: "invocations", by: "offset" },
  "GET /api/agent-apps/{id}/packages": { at: "packages", by: "offset" },
  "GET /api/agent-apps/{id}/webhooks": { at: "webhooks", by: "offset" },
  "GET /api/agent-apps/{id}/webhooks/{webhookId}/deliveries": { at: "deliveries", by: "offset" },
  "GET /api/agents": { at: "data", by: "cursor" },
  "GET /api/agents/active": { at: "agents", by: "none" },
  "GET /api/analytics/session/{id}": { at: "models_used", by: "none" },
  "GET /api/analytics/user/{user_id}": { at: "models_used", by: "none" },
  "GET /api/api-keys": { at: "apiKeys", by: "offset" },
  "GET /api/credits/history": { at: "transactions", by: "offset" },
  "GET /api/credits/topups": { at: "topups", by: "offset" },
  "GET /api/events": { at: "data", by: "cursor" },
  "GET /api/handoff": { at: "data", by: "none" },
  "GET /api/handoff/{id}": { at: "data.knowledge", by: "none" },
  "GET /api/knowledge": { at: "data", by: "none" },
  "GET /api/models": { at: "", by: "none" },
  "GET /api/models/{name}": { at: "specialties", by: "none" },
  "GET /api/orchestration/status/{id}": { at: "results", by: "none" },
  "GET /api/organizations": { at: "organizations", by: "none" },
  "GET /api/organizations/invitations": { at: "invitations", by: "offset" },
  "GET /api/organizations/members": { at: "members", by: "offset" },
  "GET /api/pricing/decisions": { at: "decisions", by: "offset" },
  "GET /api/pricing/exceptions": { at: "exceptions", by: "offset" },
  "GET /api/pricing/experiments": { at: "experiments", by: "offset" },
  "GET /api/pricing/policy": { at: "scheduled", by: "none" },
  "GET /api/pricing/policy/versions": { at: "versions", by: "offset" },
  "GET /api/pricing/quotes": { at: "quotes", by: "offset" },
  "GET /api/pricing/realised-margin": { at: "by_model_and_segment", by: "none" },
  "GET /api/pricing/scenario-sets": { at: "scenario_sets", by: "offset" },
  "GET /api/pricing/webhooks": { at: "webhooks", by: "none" },
  "GET /api/privacy/inventory": { at: "categories", by: "none" },
  "GET /api/projects": { at: "data", by: "none" },
  "GET /api/projects/{id}/files": { at: "data", by: "none" },
  "GET /api/provider-keys": { at: "providerKeys", by: "offset" },
  "GET /api/security/audit": { at: "entries", by: "cursor" },
  "GET /api/security/block-ip": { at: "blocked_ips", by: "none" },
  "GET /api/security/ip-whitelist": { at: "allowed_ips", by: "none" },
  "GET /api/sessions": { at: "data", by: "none" },
  "GET /api/teams": { at: "teams", by: "none" },
  "GET /api/threads/session/{id}": { at: "", by: "none" },
  "GET /api/threads/{id}": { at: "orchestrations", by: "none" },
  "GET /api/usage/activity": { at: "events", by: "offset" },
  "GET /api/usage/breakdown": { at: "items", by: "none" },
  "GET /api/usage/chart": { at: "data", by: "none" },
  "GET /api/usage/exports/{token}": { at: "", by: "none" },
  "GET /api/webhooks": { at: "webhooks", by: "offset" },
  "GET /chat/v2/sessions/{session_id}/history": { at: "data.turns", by: "none" },
  "GET /chat/v2/webhooks": { at: "data.webhooks", by: "offset" },
  "GET /api/sessions/user/{user_id}": { at: "", by: "none" },
  "GET /v1/models": { at: "data", by: "none" },
};

/** Operations by their operationId. */
export const operationIds = {
  "listAccounts": "GET /api/accounts",
  "createAccount": "POST /api/accounts",
  "getAccount": "GET /api/accounts/{id}",
  "updateAccount": "PATCH /api/accounts/{id}",
  "spawnAgentLegacy": "POST /api/agent",
  "listAgentApps": "GET /api/agent-apps",
  "createAgentApp": "POST /api/agent-apps",
  "getAgentApp": "GET /api/agent-apps/{id}",
  "deleteAgentApp": "DELETE /api/agent-apps/{id}",
  "updateAgentApp": "PATCH /api/agent-apps/{id}",
  "listDeployments": "GET /api/agent-apps/{id}/deployments",
  "listInvocations": "GET /api/agent-apps/{id}/invocations",
  "getInvocation": "GET /api/agent-apps/{id}/invocations/{runId}",
  "streamInvocationEvents": "GET /api/agent-apps/{id}/invocations/{runId}/events",
  "invokeAgentApp": "POST /api/agent-apps/{id}/invoke",
  "listPackages": "GET /api/agent-apps/{id}/packages",
  "uploadPackage": "POST /api/agent-apps/{id}/packages",
  "deployPackage": "POST /api/agent-apps/{id}/packages/deploy",
  "createPackageUploadUrl": "POST /api/agent-apps/{id}/packages/upload-url",
  "deletePackage": "DELETE /api/agent-apps/{id}/packages/{packageId}",
  "downloadPackage": "GET /api/agent-apps/{id}/packages/{packageId}/download",
  "rollbackAgentApp": "POST /api/agent-apps/{id}/rollback",
  "rotateAgentAppSigningSecret": "POST /api/agent-apps/{id}/signing-secret",
  "deleteAgentAppSigningSecret": "DELETE /api/agent-apps/{id}/signing-secret",
  "listAgentAppWebhooks": "GET /api/agent-apps/{id}/webhooks",
  "createAgentAppWebhook": "POST /api/agent-apps/{id}/webhooks",
  "getAgentAppWebhook": "GET /api/agent-apps/{id}/webhooks/{webhookId}",
  "deleteAgentAppWebhook": "DELETE /api/agent-apps/{id}/webhooks/{webhookId}",
  "updateAgentAppWebhook": "PATCH /api/agent-apps/{id}/webhooks/{webhookId}",
  "listWebhookDeliveries": "GET /api/agent-apps/{id}/webhooks/{webhookId}/deliveries",
  "replayFailedWebhookDeliveries": "POST /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/replay",
  "getWebhookDelivery": "GET /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/{deliveryId}",
  "replayWebhookDelivery": "POST /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/{deliveryId}/replay",
  "rotateAgentAppWebhookSecret": "POST /api/agent-apps/{id}/webhooks/{webhookId}/secret",
  "testAgentAppWebhook": "POST /api/agent-apps/{id}/webhooks/{webhookId}/test",
  "getAgent": "GET /api/agent/{id}",
  "cancelAgent": "DELETE /api/agent/{id}",
  "listAgents": "GET /api/agents",
  "listActiveAgents": "GET /api/agents/active",
  "getSessionAnalytics": "GET /api/analytics/session/{id}",
  "getUserAnalytics": "GET /api/analytics/user/{user_id}",
  "listApiKeys": "GET /api/api-keys",
  "createApiKey": "POST /api/api-keys",
  "deleteApiKey": "DELETE /api/api-keys/{id}",
  "rotateApiKey": "POST /api/api-keys/{id}/rotate",
  "logIn": "POST /api/auth/login",
  "logOut": "POST /api/auth/logout",
  "refreshLogin": "POST /api/auth/refresh",
  "resendConfirmation": "POST /api/auth/resend",
  "requestPasswordReset": "POST /api/auth/reset-password",
  "getLoginSession": "GET /api/auth/session",
  "signUp": "POST /api/auth/signup",
  "updatePassword": "POST /api/auth/update-password",
  "getBillingUsage": "GET /api/billing/usage",
  "cancelAgentLegacy": "DELETE /api/cancel",
  "getAutoTopup": "GET /api/credits/auto-topup",
  "updateAutoTopup": "PATCH /api/credits/auto-topup",
  "getCreditBalance": "GET /api/credits/balance",
  "listCreditTransactions": "GET /api/credits/history",
  "createTopup": "POST /api/credits/topup",
  "listTopups": "GET /api/credits/topups",
  "processDeploymentsByGet": "GET /api/cron/process-deployments",
  "processDeployments": "POST /api/cron/process-deployments",
  "refreshAccountCreditsByGet": "GET /api/cron/refresh-credits",
  "refreshAccountCredits": "POST /api/cron/refresh-credits",
  "runUpkeepByGet": "GET /api/cron/upkeep",
  "runUpkeep": "POST /api/cron/upkeep",
  "getDeploymentQueueStats": "GET /api/deployments/queue/stats",
  "getDeployment": "GET /api/deployments/{id}",
  "cancelDeployment": "POST /api/deployments/{id}/cancel",
  "streamDeploymentEvents": "GET /api/deployments/{id}/events",
  "listEvents": "GET /api/events",
  "listHandoffs": "GET /api/handoff",
  "createHandoff": "POST /api/handoff/compress",
  "getHandoff": "GET /api/handoff/{id}",
  "getHealth": "GET /api/health",
  "revokeApiKey": "DELETE /api/keys/{id}",
  "listKnowledge": "GET /api/knowledge",
  "createKnowledge": "POST /api/knowledge",
  "updateKnowledge": "PATCH /api/knowledge/{id}",
  "getMetrics": "GET /api/metrics",
  "listOrchestrationModels": "GET /api/models",
  "getOrchestrationModel": "GET /api/models/{name}",
  "getOpenApiDocument": "GET /api/openapi.json",
  "cancelOrchestration": "POST /api/orchestration/cancel/{id}",
  "startOrchestration": "POST /api/orchestration/start",
  "getOrchestrationStatus": "GET /api/orchestration/status/{id}",
  "getOrchestratorConfig": "GET /api/orchestrator/config",
  "updateOrchestratorConfig": "PUT /api/orchestrator/config",
  "recommendModel": "POST /api/orchestrator/recommend-model",
  "getOrchestratorStatus": "GET /api/orchestrator/status",
  "listOrganizations": "GET /api/organizations",
  "switchOrganization": "PATCH /api/organizations",
  "getCurrentOrganization": "GET /api/organizations/current",
  "updateCurrentOrganization": "PATCH /api/organizations/current",
  "listInvitations": "GET /api/organizations/invitations",
  "acceptInvitation": "POST /api/organizations/invitations/accept",
  "withdrawInvitation": "DELETE /api/organizations/invitations/{id}",
  "listMembers": "GET /api/organizations/members",
  "inviteMember": "POST /api/organizations/members",
  "removeMember": "DELETE /api/organizations/members/{userId}",
  "createBatchQuotes": "POST /api/pricing/batch-quotes",
  "createPricingDecision": "POST /api/pricing/decision",
  "listPricingDecisions": "GET /api/pricing/decisions",
  "getPricingDecision": "GET /api/pricing/decisions/{decision_id}",
  "declinePricingDecision": "POST /api/pricing/decisions/{decision_id}/decline",
  "createExceptionAlert": "POST /api/pricing/exception-alert",
  "listPricingExceptions": "GET /api/pricing/exceptions",
  "createPricingException": "POST /api/pricing/exceptions",
  "closePricingException": "POST /api/pricing/exceptions/{exception_id}/close",
  "summarizeExperimentQuotes": "POST /api/pricing/experiment-summary",
  "listPricingExperiments": "GET /api/pricing/experiments",
  "createPricingExperiment": "POST /api/pricing/experiments",
  "getPricingExperiment": "GET /api/pricing/experiments/{experiment_id}",
  "assignExperimentVariant": "POST /api/pricing/experiments/{experiment_id}/assign",
  "completePricingExperiment": "POST /api/pricing/experiments/{experiment_id}/complete",
  "trackExperimentDecision": "POST /api/pricing/experiments/{experiment_id}/track",
  "getPricingHealth": "GET /api/pricing/health",
  "createIntervalQuote": "POST /api/pricing/interval-quote",
  "getPricingPolicy": "GET /api/pricing/policy",
  "updatePricingPolicy": "PUT /api/pricing/policy",
  "previewPricingPolicy": "POST /api/pricing/policy/preview",
  "listPricingPolicyVersions": "GET /api/pricing/policy/versions",
  "createPortfolioAlert": "POST /api/pricing/portfolio-alert",
  "createPricingQuote": "POST /api/pricing/quote",
  "listPricingQuotes": "GET /api/pricing/quotes",
  "getPricingQuote": "GET /api/pricing/quotes/{quote_id}",
  "getRealisedMargin": "GET /api/pricing/realised-margin",
  "getPricingReport": "GET /api/pricing/report",
  "evaluatePricingScenarios": "POST /api/pricing/scenario",
  "listScenarioSets": "GET /api/pricing/scenario-sets",
  "createScenarioSet": "POST /api/pricing/scenario-sets",
  "getScenarioSet": "GET /api/pricing/scenario-sets/{scenario_set_id}",
  "deleteScenarioSet": "DELETE /api/pricing/scenario-sets/{scenario_set_id}",
  "evaluateScenarioSet": "POST /api/pricing/scenario-sets/{scenario_set_id}/evaluate",
  "getPricingStatus": "GET /api/pricing/status",
  "createPricingWebhook": "POST /api/pricing/webhook",
  "deletePricingWebhook": "DELETE /api/pricing/webhook/{webhook_id}",
  "listPricingWebhooks": "GET /api/pricing/webhooks",
  "compareWeeklyMetrics": "POST /api/pricing/weekly-comparison",
  "aggregateWeeklyMetrics": "POST /api/pricing/weekly-metrics",
  "deleteAgentData": "DELETE /api/privacy/agents/{id}",
  "exportOrganizationData": "GET /api/privacy/export",
  "getDataInventory": "GET /api/privacy/inventory",
  "optOutOfDataUse": "POST /api/privacy/opt-out",
  "analyzeCredits": "POST /api/private/analyze-credits",
  "rotateAccount": "POST /api/private/auto-rotate",
  "createAccounts": "POST /api/private/batch-create-accounts",
  "exportProject": "POST /api/private/export-project",
  "importProject": "POST /api/private/import-project",
  "selectBestAccount": "POST /api/private/select-best-account",
  "compressContext": "POST /api/private/smart-compress",
  "listProjects": "GET /api/projects",
  "createProject": "POST /api/projects",
  "getProject": "GET /api/projects/{id}",
  "updateProject": "PATCH /api/projects/{id}",
  "listProjectFiles": "GET /api/projects/{id}/files",
  "createProjectFile": "POST /api/projects/{id}/files",
  "listProviderKeys": "GET /api/provider-keys",
  "createProviderKey": "POST /api/provider-keys",
  "deleteProviderKey": "DELETE /api/provider-keys/{id}",
  "updateProviderKey": "PATCH /api/provider-keys/{id}",
  "testProviderKey": "POST /api/provider-keys/{id}/test",
  "getRateLimits": "GET /api/rate-limits",
  "streamRunEvents": "GET /api/runs/{id}/events",
  "listAuditEntries": "GET /api/security/audit",
  "updateAuditSettings": "POST /api/security/audit",
  "listBlockedIps": "GET /api/security/block-ip",
  "blockIp": "POST /api/security/block-ip",
  "unblockIp": "DELETE /api/security/block-ip",
  "getIpAllowlist": "GET /api/security/ip-whitelist",
  "updateIpAllowlist": "PUT /api/security/ip-whitelist",
  "listWorkSessions": "GET /api/sessions",
  "createSession": "POST /api/sessions",
  "getSession": "GET /api/sessions/{id}",
  "updateWorkSession": "PATCH /api/sessions/{id}",
  "streamSessionEvents": "GET /api/sessions/{id}/events",
  "updateSessionStatus": "PATCH /api/sessions/{id}/status",
  "spawnAgent": "POST /api/spawn",
  "spawnAgents": "POST /api/spawn-batch",
  "spawnTeam": "POST /api/spawn-team",
  "getStats": "GET /api/stats",
  "getAgentLegacy": "GET /api/status",
  "downloadObject": "GET /api/storage/{token}",
  "uploadObject": "PUT /api/storage/{token}",
  "receiveStripeEvent": "POST /api/stripe/webhook",
  "getSystem": "GET /api/system",
  "listTeams": "GET /api/teams",
  "createTeam": "POST /api/teams",
  "deleteTeam": "DELETE /api/teams/{team}",
  "updateTeam": "PATCH /api/teams/{team}",
  "createThread": "POST /api/threads",
  "listSessionThreads": "GET /api/threads/session/{id}",
  "getThread": "GET /api/threads/{id}",
  "listActivity": "GET /api/usage/activity",
  "getUsageBreakdown": "GET /api/usage/breakdown",
  "getUsageBudget": "GET /api/usage/budget",
  "updateUsageBudget": "PATCH /api/usage/budget",
  "getUsageChart": "GET /api/usage/chart",
  "createUsageExport": "POST /api/usage/export",
  "downloadUsageExport": "GET /api/usage/exports/{token}",
  "getUsageMetrics": "GET /api/usage/metrics",
  "listWebhooks": "GET /api/webhooks",
  "createWebhook": "POST /api/webhooks",
  "deleteWebhook": "DELETE /api/webhooks/{id}",
  "sendChatMessageV1": "POST /chat/v1/chat",
  "sendChatMessage": "POST /chat/v2/chat",
  "getChatHistory": "GET /chat/v2/sessions/{session_id}/history",
  "streamChat": "GET /chat/v2/stream",
  "listChatWebhooks": "GET /chat/v2/webhooks",
  "createChatWebhook": "POST /chat/v2/webhooks",
  "deleteChatWebhook": "DELETE /chat/v2/webhooks/{id}",
  "openChatSocket": "GET /chat/ws/{client_id}/{session_id}",
  "checkHealth": "GET /health",
  "sendMcpMessage": "POST /mcp",
  "getPrometheusMetrics": "GET /metrics",
  "checkReadiness": "GET /readiness",
  "listUserSessions": "GET /api/sessions/user/{user_id}",
  "createChatCompletion": "POST /v1/chat/completions",
  "createMessage": "POST /v1/messages",
  "countMessageTokens": "POST /v1/messages/count_tokens",
  "listModels": "GET /v1/models",
  "getModel": "GET /v1/models/{model}",
  "openSessionSocket": "GET /ws/{session_id}",
} as const;
