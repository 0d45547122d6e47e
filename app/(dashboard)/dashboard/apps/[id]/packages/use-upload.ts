"use client";

import { useEffect, useRef, useState } from "react";
import { toRecord } from "#components/request";

/** What keeps a package from being taken: all of it at once. */
export type Refusal = { message: string; failures: string[]; requestId: string | null };

/** `sent` and `total` in bytes; once all is sent the server still checks the package. */
export type UploadState =
  | { type: "idle" }
  | { type: "sending"; sent: number; total: number }
  | { type: "checking" }
  | { type: "refused"; refusal: Refusal };

type Upload = { path: string; form: FormData; onDone: (body: Record<string, unknown>) => void };

/** Sends a form with files. XMLHttpRequest, because `fetch` does not tell how much was sent. */
export function useUpload() {
  const [state, setState] = useState<UploadState>({ type: "idle" });
  const current = useRef<XMLHttpRequest | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  function start({ path, form, onDone }: Upload) {
    const request = new XMLHttpRequest();
    current.current = request;
    const refuse = (refusal: Refusal) => setState({ type: "refused", refusal });
    setState({ type: "sending", sent: 0, total: 0 });
    request.upload.onprogress = ({ loaded, total }) => setState({ type: "sending", sent: loaded, total });
    request.upload.onload = () => setState({ type: "checking" });
    request.onabort = () => setState({ type: "idle" });
    request.onerror = () => refuse({ message: lost, failures: [], requestId: null });
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) onDone(body);
      else refuse(refusalOf(request, body));
    };
    request.open("POST", path);
    request.send(form);
  }

  return { state, start, cancel: () => current.current?.abort(), clear: () => setState({ type: "idle" }) };
}

const lost = "The connection was lost. Look whether the version is in the list before you send it again.";

function parse(text: string): Record<string, unknown> {
  try {
    return toRecord(JSON.parse(text));
  } catch {
    return {};
  }
}

function refusalOf(request: XMLHttpRequest, body: Record<string, unknown>): Refusal {
  const { error, details, required, available } = body;
  const known = typeof error === "string" ? error : `The server answered ${request.status}.`;
  const isCredits = typeof required === "number" && typeof available === "number";
  return {
    message: isCredits ? `${known}: this costs ${required}, and ${available} are there.` : known,
    failures: Array.isArray(details)
      ? details.map(String)
      : Object.entries(toRecord(details)).map(([field, message]) => `${field}: ${message}`),
    requestId: request.getResponseHeader("x-request-id"),
  };
}
