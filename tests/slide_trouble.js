// What is wrong with the slide on screen: a list of sentences. smallest: of type, in pixels as projected.
smallest => {
  const found = [], slide = Reveal.getCurrentSlide(), title = slide.querySelector("h1, h2").textContent.trim();
  const say = what => found.push(`${title}: ${what}`);
  const scale = Reveal.getScale(), frame = document.querySelector(".reveal .slides").getBoundingClientRect();
  const edge = slide.getBoundingClientRect(), foot = slide.querySelector("footer").getBoundingClientRect();
  const screen = { left: Math.max(0, edge.left), top: Math.max(0, edge.top),
                   right: Math.min(innerWidth, edge.right), bottom: Math.min(innerHeight, edge.bottom) };
  const shown = e => {
    const style = getComputedStyle(e);
    return style.visibility !== "hidden" && style.display !== "none" && !e.closest("aside.notes, mjx-assistive-mml");
  };
  const inside = (r, f) => r.left >= f.left - 1 && r.right <= f.right + 1 && r.top >= f.top - 1 && r.bottom <= f.bottom + 1;
  const short = text => text.trim().replace(/\s+/g, " ").slice(0, 40);

  // text: large enough, on the screen, not below the foot of the slide, contrast
  const told = new Set();  // one sentence for a block, not one for each of its words
  const walk = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  const body = { left: edge.left, right: edge.right, top: edge.top, bottom: foot.top - 2 };
  while (walk.nextNode()) {
    const node = walk.currentNode, e = node.parentElement;
    if (!node.textContent.trim() || !shown(e) || e.closest("script, style")) continue;
    const size = parseFloat(getComputedStyle(e).fontSize) * scale;
    if (size < smallest) say(`type of ${size.toFixed(1)} px: ${short(node.textContent)}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const block = e.closest("pre, p, li, td, th, h1, h2") || e;
    for (const r of range.getClientRects()) {
      if (!r.width || !r.height || told.has(block)) continue;
      if (!inside(r, screen)) { say(`cut off: ${short(node.textContent)}`); told.add(block); }
      else if (!e.closest("footer") && !inside(r, body)) { say(`runs into the foot of the slide: ${short(node.textContent)}`); told.add(block); }
    }
    if (/(^|[^\\])\$[^$]+\$/.test(node.textContent) && !e.closest("pre, code")) say(`a formula as typed: ${short(node.textContent)}`);
  }
  // boxes: what scrolls is cut off; siblings do not overlap
  for (const e of slide.querySelectorAll("*")) {
    if (!shown(e) || e.closest("svg, aside.notes, mjx-container")) continue;
    const over = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
    if (getComputedStyle(e).overflow !== "visible" && over) say(`scrolls: ${e.tagName}`);
    const block = e.matches("pre, table, img, li, p, h1, h2");
    if (block && !inside(e.getBoundingClientRect(), screen)) say(`outside the slide: ${e.tagName} ${short(e.textContent)}`);
    if (e.matches("pre, .highlight") && e.scrollWidth > e.clientWidth + 1) say(`wider than its box: ${short(e.textContent)}`);
  }
  const named = ":scope > header > *, :scope > .body > .part, :scope > .motif, :scope > footer";
  const blocks = [...slide.querySelectorAll(named)].filter(e => e.getClientRects().length && shown(e));
  blocks.forEach((a, i) => blocks.slice(i + 1).forEach(b => {
    const r = a.getBoundingClientRect(), s = b.getBoundingClientRect();
    const across = Math.min(r.right, s.right) - Math.max(r.left, s.left);
    const down = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    if (across <= 1 || down <= 1) return;
    say(`${a.className || a.tagName} and ${b.className || b.tagName} overlap by ${Math.round(across)} x ${Math.round(down)}`);
  }));
  // pictures: loaded, described, large enough
  for (const img of slide.querySelectorAll("img")) {
    if (!img.complete || !img.naturalWidth) say("a picture did not load");
    if (!img.alt.trim()) say("a picture without alt text");
    const r = img.getBoundingClientRect();
    if (Math.abs(r.width / r.height / (img.naturalWidth / img.naturalHeight) - 1) > 0.05) say("a picture out of shape");
    // figures are drawn with type of 13 pt, 96 to the inch: 17.3 px at their own size
    const type = 17.3 * r.width / img.naturalWidth;
    if (innerWidth >= 1280 && type < 18) say(`a figure too small: its type is ${type.toFixed(1)} px`);
  }
  // formulas
  for (const e of slide.querySelectorAll("mjx-merror, [data-mjx-error]")) say(`a formula that MathJax cannot set: ${short(e.textContent)}`);
  for (const e of slide.querySelectorAll("mjx-container")) {
    if (!e.closest("aside") && shown(e) && !e.querySelector("svg path, svg use, svg rect")) say("an empty formula");
  }
  return found;
}
