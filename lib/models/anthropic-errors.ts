const types: Record<number, string> = {
  400: "invalid_request_error",
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  409: "conflict_error",
  413: "request_too_large",
  429: "rate_limit_error",
  503: "overloaded_error",
  504: "timeout_error",
};

/** Anthropic's word for what a status means. */
export function anthropicErrorType(status: number): string {
  return types[status] ?? (status < 500 ? "invalid_request_error" : "api_error");
}
