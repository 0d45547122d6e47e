import { createHighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

/** The themes of code blocks: the ones with enough contrast on our backgrounds. */
export const codeThemes = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } as const;

/**
 * Made once for all guides. With the engine in JavaScript: the one in WebAssembly reads itself through the global Response,
 * which the self-hosted server replaces.
 */
export const highlighter = createHighlighterCore({
  themes: [import("shiki/themes/github-light-high-contrast.mjs"), import("shiki/themes/github-dark-high-contrast.mjs")],
  langs: [
    import("shiki/langs/shellscript.mjs"),
    import("shiki/langs/javascript.mjs"),
    import("shiki/langs/typescript.mjs"),
    import("shiki/langs/python.mjs"),
    import("shiki/langs/json.mjs"),
    import("shiki/langs/ini.mjs"),
  ],
  engine: createJavaScriptRegexEngine(),
});
