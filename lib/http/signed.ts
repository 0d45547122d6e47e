import { AppError } from "#lib/errors";
import type { Passage } from "#lib/http/admission";
import { readBytes } from "#lib/http/body";
import { keepPeer } from "#lib/http/client-address";
import { noteViolation } from "#lib/security/guard";
import { beginSignature } from "#lib/security/signature";

/** The path as requested, with its query. */
function targetOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  return start === -1 ? "/" : url.slice(start);
}

function refuse(passage: Passage): AppError {
  const { rules, call } = passage;
  if (rules && call) noteViolation(rules, call, "bad_signature");
  return new AppError("unauthorized", "Invalid request signature", { reason: "INVALID_SIGNATURE" });
}

/** Whether a signature is to be checked: both headers came, or the key signs all it does. */
export function isSigned({ request, caller }: Passage): boolean {
  if (!caller) return false;
  return (
    Boolean(caller.sealedSigningSecret) || (request.headers.has("x-signature") && request.headers.has("x-timestamp"))
  );
}

/**
 * Checks the signature of a request (contract, "Request signing"). Throws `unauthorized` with
 * `Invalid request signature`. A body that is streamed to disk is checked when its end has come, before anything is done
 * with it.
 */
export async function checkSignature(passage: Passage, isStreamed: boolean): Promise<void> {
  const { request, caller } = passage;
  const timestamp = request.headers.get("x-timestamp");
  const signature = request.headers.get("x-signature");
  const sealedSecret = caller?.sealedSigningSecret ?? null;
  const keyId = caller?.actor.type === "apiKey" ? caller.actor.keyId : "";
  const signed = { keyId, sealedSecret, timestamp, signature, method: request.method, path: targetOf(request.url) };
  const check = beginSignature(signed);
  if (!check) throw refuse(passage);

  const { url, method, headers, signal } = request;
  if (isStreamed && request.body) {
    const checked = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        check.update(chunk);
        controller.enqueue(chunk);
      },
      async flush(controller) {
        if (!(await check.isFresh())) controller.error(refuse(passage));
      },
    });
    const init: RequestInit & { duplex: "half" } = {
      ...{ method, headers, signal },
      body: request.body.pipeThrough(checked),
      duplex: "half",
    };
    passage.request = new Request(url, init);
    keepPeer(request, passage.request);
    return;
  }
  const bytes = await readBytes(request);
  check.update(bytes);
  if (!(await check.isFresh())) throw refuse(passage);
  if (method === "GET" || method === "HEAD") return;
  const body = bytes.length > 0 ? new Uint8Array(bytes) : null;
  passage.request = new Request(url, { method, headers, signal, body });
  keepPeer(request, passage.request);
}
