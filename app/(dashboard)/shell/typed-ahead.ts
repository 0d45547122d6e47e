/** What was typed; `isEntered` when Enter came last. */
export type Typed = { text: string; isEntered: boolean };

let stop: (() => Typed) | undefined;

/** From now on keys go to nobody else: they are meant for the field that is about to open. */
export function collectTyping(): void {
  if (stop) return;
  const typed: Typed = { text: "", isEntered: false };
  function onKeyDown(event: KeyboardEvent) {
    // The field has the focus already, as when it is opened again while it closes.
    if (event.target instanceof Element && event.target.matches("[role=dialog] [role=combobox]")) return void stop?.();
    if (event.metaKey || event.ctrlKey || event.altKey || typed.isEntered) return;
    if (event.key === "Enter") typed.isEntered = true;
    else if (event.key === "Backspace") typed.text = typed.text.slice(0, -1);
    else if (event.key.length === 1) typed.text += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  window.addEventListener("keydown", onKeyDown, { capture: true });
  stop = () => {
    window.removeEventListener("keydown", onKeyDown, { capture: true });
    stop = undefined;
    return typed;
  };
}

/** What was typed meanwhile; keys go their usual way again. */
export function takeTyped(): Typed {
  return stop?.() ?? { text: "", isEntered: false };
}
