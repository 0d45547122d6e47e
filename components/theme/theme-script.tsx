// Runs before the first paint, so a stored choice never flashes; without one the style sheet follows the system.
const script = `try{var t=localStorage.getItem("theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;

/** Applies the reader's stored theme. Stands in the head of the root layout. */
export function ThemeScript() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, not data.
  return <script dangerouslySetInnerHTML={{ __html: script }} />;
}
