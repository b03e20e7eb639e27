// What is measured in a page beside axe: functions that browser.py calls, each giving a list of [rule, element, remedy].
window.upcm = (() => {
  const FOCUSABLE = "a[href], button, summary, input, select, textarea, [tabindex='0']";
  const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor", "borderWidth", "color"];
  LOOKS.push("backgroundColor", "textDecorationLine");
  const resting = new Map();

  const shown = (element) => element.getClientRects().length > 0;
  const looks = (element) => LOOKS.map((name) => getComputedStyle(element)[name]).join(" ");
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  // Text that is for screen readers alone stands in a box of a pixel.
  const unseen = (element) => element.offsetWidth <= 1 || element.offsetHeight <= 1;

  function name(element) {
    const kind = element.tagName.toLowerCase() + (element.id ? "#" + element.id : "");
    const classes = typeof element.className === "string" ? element.className : "";
    const said = text(element) || element.getAttribute("aria-label") || "";
    return `${kind}${classes && "." + classes.split(/\s+/).join(".")} '${said.slice(0, 40)}'`;
  }

  function scrolls(element) {
    return ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  }

  // The page itself does not scroll sideways; what may is a container that the keyboard reaches.
  function reflow() {
    const found = [];
    const root = document.documentElement;
    const inside = (element) => {
      for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
        if (getComputedStyle(one).overflowX !== "visible") return true;
      }
      return false;
    };
    if (root.scrollWidth > root.clientWidth) {
      // A long word sticks out of a box that fits itself, so the room inside a box counts too.
      const wide = [...document.body.querySelectorAll("*")].filter((one) => {
        const right = one.getBoundingClientRect().left + Math.max(one.offsetWidth || 0, one.scrollWidth);
        return one instanceof HTMLElement && shown(one) && right > root.clientWidth + 1 && !scrolls(one) && !inside(one);
      });
      const widest = wide.filter((one) => !wide.some((other) => other !== one && one.contains(other)));
      const element = `${root.scrollWidth} px: ${widest.slice(0, 2).map(name).join(", ")}`;
      found.push(["reflow", element, "let it wrap, hyphenate or shrink, or put it in a scroll container with tabindex=0"]);
    }
    for (const one of document.body.querySelectorAll("*")) {
      const reached = () => one.hasAttribute("tabindex") || one.querySelector(FOCUSABLE);
      if (shown(one) && scrolls(one) && one.scrollWidth > one.clientWidth + 1 && !reached()) {
        found.push(["reflow", name(one), "give the scroll container tabindex=0, role=region and a name"]);
      }
    }
    return found;
  }

  // No text is cut off by a box that hides what does not fit, on the page or in a picture.
  function cut() {
    const found = [];
    for (const one of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(one);
      if (one.tagName === "svg" || !(one instanceof HTMLElement) || !shown(one) || unseen(one) || !text(one)) continue;
      const hides = (overflow) => ["hidden", "clip"].includes(overflow);
      const wide = hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
      const high = hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
      if (wide || high) found.push(["cut-off", name(one), "let the text wrap, or the box grow with it"]);
    }
    for (const picture of document.querySelectorAll("svg")) {
      if (getComputedStyle(picture).overflow === "visible") continue;
      const room = picture.getBoundingClientRect();
      for (const one of shown(picture) ? picture.querySelectorAll("text") : []) {
        const box = one.getBoundingClientRect();
        const out = Math.max(room.left - box.left, box.right - room.right, room.top - box.top, box.bottom - room.bottom);
        if (out > 1) found.push(["cut-off", `in a picture, ${name(one)}`, "leave room for the text in the picture"]);
      }
    }
    return found;
  }

  // Remembers how everything looks without the focus; whether there is anything to take it.
  function rest() {
    for (const one of document.body.querySelectorAll("*")) resting.set(one, looks(one));
    return [...document.querySelectorAll(FOCUSABLE)].some(shown);
  }

  // What is wrong with the element that has the focus now; null where none has it, as after the last.
  function focused() {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const found = [];
    if (resting.get(one) === looks(one)) {
      found.push(["focus", name(one), "give :focus-visible an outline of 3:1 contrast"]);
    }
    const box = one.getBoundingClientRect();
    const outside = box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight;
    if (outside) found.push(["focus", name(one), "bring it into view when it has the focus"]);
    return found;
  }

  // The parts of a colour as it is drawn; null for none.
  function colour(value, opacity) {
    const parts = value.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
    return parts && [+parts[1], +parts[2], +parts[3], (parts[4] === undefined ? 1 : +parts[4]) * opacity];
  }

  const over = (above, below) => below.map((part, at) => above[3] * above[at] + (1 - above[3]) * part);

  function luminance(rgb) {
    const [r, g, b] = rgb.map((part) => (part <= 10.31475 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  // The contrast of the texts in pictures, which axe cannot tell: with white or the areas drawn under both ends and the middle.
  function contrast() {
    const found = [];
    for (const picture of [...document.querySelectorAll("svg")].filter(shown)) {
      const areas = [...picture.querySelectorAll("path, rect, circle, ellipse, polygon, use")].filter(
        (one) => !one.closest("defs, clipPath") && getComputedStyle(one).fill !== "none"
      );
      const boxes = new Map(areas.map((one) => [one, one.getBoundingClientRect()]));
      for (const one of [...picture.querySelectorAll("text")].filter((each) => shown(each) && text(each))) {
        const box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        const size = parseFloat(style.fontSize);
        const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
        const ink = colour(style.fill, style.opacity * style.fillOpacity);
        const ratios = [0.1, 0.5, 0.9].map((part) => {
          const point = new DOMPoint(box.left + part * box.width, box.top + box.height / 2);
          let ground = [255, 255, 255];
          for (const area of areas) {
            const { left, right, top, bottom } = boxes.get(area);
            const near = left <= point.x && point.x <= right && top <= point.y && point.y <= bottom;
            const before = area.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
            if (!near || !before) continue;
            const inside = point.matrixTransform(area.getScreenCTM().inverse());
            if (area.isPointInFill && !area.isPointInFill(inside)) continue;
            const { fill, opacity, fillOpacity } = getComputedStyle(area);
            const paint = colour(fill, opacity * fillOpacity);
            if (paint) ground = over(paint, ground);
          }
          return ink ? ratio(over(ink, ground), ground) : 0;
        });
        const lowest = Math.min(...ratios);
        if (lowest < least) {
          const element = `in a picture, ${name(one)}, ${style.fill}, ${lowest.toFixed(1)}:1`;
          found.push(["contrast", element, `make it ${least}:1 with what is drawn under it`]);
        }
      }
    }
    return found;
  }

  // What axe finds, and of what it cannot tell. Pictures are left to `contrast`, and to what looks at the source.
  async function audit(tags, onScreen) {
    // The shadow at the edges of a scroll container is white where text stands; axe gives up on any gradient.
    for (const one of [...document.body.querySelectorAll("*")].filter(scrolls)) one.style.backgroundImage = "none";
    // Target size is off by default, and nobody points at paper; preload would fetch.
    const options = { runOnly: tags, rules: { "target-size": { enabled: onScreen } }, preload: false };
    options.resultTypes = ["violations", "incomplete"];
    const where = { include: [["html"]], exclude: [["[aria-hidden=true] svg"]] };
    const { violations, incomplete } = await axe.run(where, options);
    const each = (rules, make) => rules.flatMap((rule) => rule.nodes.map((node) => make(rule, node)));
    return {
      faults: each(violations, (rule, node) => [
        `axe ${rule.id}`,
        node.target.join(" "),
        (node.failureSummary || rule.help).replace(/^Fix .*:/gm, ""),
      ]),
      unsure: each(incomplete, (rule, node) => [rule.id, node.target.join(" ")]),
    };
  }

  return { reflow, cut, contrast, rest, focused, audit };
})();
window.upcmRefused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.upcmRefused.push(["policy", `${event.violatedDirective} ${event.blockedURI}`])
);
