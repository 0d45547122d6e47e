import { estimateTokens } from "#lib/models/catalogue";
import { type ChatCompletionRequest, textOfContent } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";

const signs: [string, RegExp][] = [
  [
    "coding",
    /```|\b(code|coding|function|class|method|bug|debug|compile|refactor|regex|sql|api|typescript|javascript|python|java|rust|golang|c\+\+|html|css|docker|git|algorithm|unit tests?|stack trace)\b/gi,
  ],
  [
    "writing",
    /\b(write|essay|story|poem|blog|article|letter|e-?mail|novel|lyrics|headline|slogan|rewrite|proofread|translate|tone)\b/gi,
  ],
  [
    "analysis",
    /\b(analy[sz]e|analysis|compare|evaluate|assess|why|trade-?offs?|data|statistics|trend|forecast|risks?|pros and cons|summari[sz]e|explain)\b/gi,
  ],
];

/** What a request is about, by the words of its last question: a specialty of the catalogue, `general` when nothing stands out. */
export function domainOf(text: string): string {
  const found = signs.map(([domain, sign]) => ({ domain, count: text.match(sign)?.length ?? 0 }));
  const best = found.reduce((most, one) => (one.count > most.count ? one : most));
  return best.count > 0 ? best.domain : "general";
}

/** So many models at most are tried after each other. */
const tried = 3;

/**
 * Who answers a request of `baton/auto`, best first: those with its specialty before the others, the cheaper first, and none
 * whose context it does not fit into. The candidates come cheapest first.
 */
export function choose(candidates: readonly Candidate[], { messages }: ChatCompletionRequest): Candidate[] {
  const texts = messages.map(({ content }) => textOfContent(content));
  const question = textOfContent(messages.findLast(({ role }) => role === "user")?.content);
  const domain = domainOf(question);
  const tokens = estimateTokens(texts.reduce((sum, text) => sum + text.length, 0));
  const fitting = candidates.filter(({ model }) => model.contextWindow === null || model.contextWindow > tokens);
  const usable = fitting.length > 0 ? fitting : candidates;
  const isAble = ({ model }: Candidate) => model.specialties.includes(domain);
  const ranked = [...usable.filter(isAble), ...usable.filter((candidate) => !isAble(candidate))];
  const [first, ...others] = ranked;
  // What keeps the first from answering is mostly its provider: the next ones are from elsewhere where there are any.
  const elsewhere = others.filter(({ model }) => model.provider !== first?.model.provider);
  const same = others.filter(({ model }) => model.provider === first?.model.provider);
  return first ? [first, ...elsewhere, ...same].slice(0, tried) : [];
}
