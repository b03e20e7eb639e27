// In a page that is being written: loads it again when it was built, and shows what went wrong until then.
const own = Number(document.currentScript.dataset.built);
const fault = document.createElement("pre");
fault.id = "preview-fault";
fault.lang = "en";
fault.setAttribute("role", "alert");
fault.style.cssText =
  "position:sticky;top:0;z-index:9;margin:0;padding:1em;max-height:50vh;overflow:auto;white-space:pre-wrap;" +
  "font:14px/1.5 monospace;background:Canvas;color:CanvasText;border:4px solid var(--accent, CanvasText)";
new EventSource("/.preview/events").onmessage = event => {
  const told = JSON.parse(event.data);
  if (told.built !== own) return location.reload();
  fault.textContent = told.fault;
  if (told.fault) document.body.prepend(fault);
  else fault.remove();
};
