import { type SocketConstructor, streamOverSocket } from "./chat-socket.ts";
import { chatText } from "./chat-text.ts";
import { Baton, type BatonOptions } from "./client.ts";
import { BatonError } from "./errors.ts";
import { randomUuid } from "./webcrypto.ts";

export type AIOrchestraOptions = BatonOptions & {
  /** For hosts without a global WebSocket; without either, streams come over Server-Sent Events. `null` asks for those. */
  WebSocket?: SocketConstructor | null;
};

export type ChatInput = {
  message: string;
  /** Chosen by the caller; made when left out. */
  sessionId?: string;
  optimizationMode?: "lite" | "balanced" | "quality";
  swarmType?: "coding-team" | "research-team" | "creative-team" | "coding-debate";
  /** Gives the session's earlier turns to the model. */
  useMemory?: boolean;
  userContext?: Record<string, unknown>;
  signal?: AbortSignal;
};

export type ChatResult = {
  response: string;
  sessionId: string;
  /** `single`, `swarm:<type>` or `debate`. */
  executionMode: string;
  /** 0 to 1. */
  qualityScore: number;
  /** Seconds. */
  executionTime: number;
  metadata: { tokensUsed: number; model: string; processingSteps: string[]; simulated?: true };
  requestId: string;
};

export type StreamInput = ChatInput & {
  /** Given each piece of the answer as it comes. */
  onToken?: (token: string) => void;
  /**
   * Called before the question is asked again because the connection broke off in the middle of the answer: what was
   * received is to be forgotten. Without it such a stream fails.
   */
  onRestart?: () => void;
};

export type ChatStream = {
  /** The whole answer; after `close()` what had come of it. Rejects with `BatonError`. */
  done: Promise<string>;
  /** The session that was used. */
  sessionId: Promise<string>;
  /** Stops the answer. */
  close(): void;
};

/** Chat with one answering side of many models. */
export class AIOrchestra {
  /** The client underneath, for everything else. */
  readonly baton: Baton;
  readonly #options: AIOrchestraOptions;

  constructor(options: AIOrchestraOptions = {}) {
    this.#options = options;
    this.baton = new Baton(options);
  }

  /** Asks and answers the whole response. Throws `BatonError`. */
  async chat(input: ChatInput): Promise<ChatResult> {
    const { signal } = input;
    const body = {
      message: input.message,
      session_id: input.sessionId,
      optimization_mode: input.optimizationMode,
      swarm_type: input.swarmType,
      use_memory: input.useMemory,
      user_context: input.userContext,
    };
    const { data, metadata } = await this.baton.request("POST /chat/v2/chat", { body, ...(signal && { signal }) });
    const { simulated } = data.metadata;
    return {
      response: data.response,
      sessionId: data.session_id,
      executionMode: data.execution_mode,
      qualityScore: data.quality_score,
      executionTime: data.execution_time,
      metadata: {
        tokensUsed: data.metadata.tokens_used,
        model: data.metadata.model,
        processingSteps: data.metadata.processing_steps,
        ...(simulated && { simulated }),
      },
      requestId: metadata.request_id,
    };
  }

  /**
   * Asks and gives each piece of the answer to `onToken`: over a socket, else over Server-Sent Events. A connection that
   * cannot be made, or is lost before the answer began, is made again after a while.
   */
  streamChat({ signal, onToken, onRestart, ...input }: StreamInput): ChatStream {
    const stopped = new AbortController();
    const close = () => stopped.abort();
    signal?.addEventListener("abort", close, { once: true });
    if (signal?.aborted) close();
    const sessionId = input.sessionId === undefined ? randomUuid() : Promise.resolve(input.sessionId);
    let text = "";
    const take = (token: string) => {
      text += token;
      onToken?.(token);
    };
    const restart =
      onRestart &&
      (() => {
        text = "";
        onRestart();
      });
    const done = sessionId
      .then((id) => this.#stream({ ...input, sessionId: id }, take, restart, stopped.signal))
      .catch((error: unknown) => {
        if (!stopped.signal.aborted) throw error;
        if (signal?.aborted) throw signal.reason;
      })
      .then(() => text)
      .finally(() => signal?.removeEventListener("abort", close));
    // A caller who only wants the tokens need not watch over the end.
    done.catch(() => undefined);
    return { done, sessionId, close };
  }

  #stream(
    input: ChatInput & { sessionId: string },
    onToken: (token: string) => void,
    onRestart: (() => void) | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const {
      WebSocket = globalThis.WebSocket as SocketConstructor | undefined,
      apiKey,
      retriesMax = 4,
      retryAfterMaxSeconds = 60,
      timeoutMs = 120_000,
    } = this.#options;
    const fields = {
      message: input.message,
      ...(input.optimizationMode && { optimization_mode: input.optimizationMode }),
      ...(input.swarmType && { swarm_type: input.swarmType }),
      ...(input.useMemory !== undefined && { use_memory: input.useMemory }),
    };
    if (!WebSocket) return this.#streamEvents({ ...fields, session_id: input.sessionId }, input, onToken, signal);
    return streamOverSocket({
      ...{ WebSocket, apiKey, signal, onToken, onRestart, retriesMax, retryAfterMaxSeconds, idleMs: timeoutMs },
      baseUrl: this.baton.baseUrl,
      sessionId: input.sessionId,
      message: { ...fields, ...(input.userContext && { context: input.userContext }) },
      sleep: this.#options.sleep,
      random: this.#options.random,
    });
  }

  async #streamEvents(
    query: Parameters<typeof chatText>[1],
    { userContext }: ChatInput,
    onToken: (token: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (userContext) {
      const message = "userContext needs a WebSocket; this platform has none.";
      throw new BatonError({ status: 0, code: "invalid_call", message, field: "userContext" });
    }
    for await (const token of chatText(this.baton, query, signal)) onToken(token);
  }
}

export default AIOrchestra;
export { BatonError } from "./errors.ts";
