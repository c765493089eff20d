// Everything works without this file but playing the network, moving in drawings, and lighting up what belongs together.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// -- theme and small screens --------------------------------------------------------------------------------------------------

document.querySelector("[data-theme-toggle]")?.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem("dragoman-theme", root.dataset.theme);
  } catch (error) {
    // Storage may be forbidden: the choice then holds for this page.
  }
});
if (matchMedia("(max-width: 52rem)").matches) all(".menu").forEach((menu) => (menu.open = false));
if (matchMedia("(max-width: 68rem)").matches) all(".filters-fold").forEach((fold) => (fold.open = false));

// Of what is wider than the screen the newest is shown first.
all(".timeline .scroll").forEach((box) => (box.scrollLeft = box.scrollWidth));

// Empty boxes need not stand in the address.
all("form").forEach((form) =>
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  }),
);

// -- drawings: moved by dragging, sized by buttons ------------------------------------------------------------------------------

for (const svg of all("[data-graph], [data-map]")) {
  const first = svg.getAttribute("viewBox").split(" ").map(Number);
  let box = [...first];
  const show = () => svg.setAttribute("viewBox", box.join(" "));
  const stage = svg.closest(".stage");
  all("[data-player]", stage).forEach((part) => (part.hidden = false));
  all("[data-zoom]", stage).forEach((button) =>
    button.addEventListener("click", () => {
      const factor = Number(button.dataset.zoom);
      if (factor) {
        const size = [box[2] / factor, box[3] / factor];
        box = [box[0] + (box[2] - size[0]) / 2, box[1] + (box[3] - size[1]) / 2, ...size];
      } else box = [...first];
      show();
    }),
  );
  let from = null;
  let moved = false;
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") return;
    from = [event.clientX, event.clientY, ...box];
    moved = false;
  });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = box[2] / svg.clientWidth;
    const step = [event.clientX - from[0], event.clientY - from[1]];
    if (Math.hypot(...step) > 4) moved = true;
    box = [from[2] - step[0] * scale, from[3] - step[1] * scale, box[2], box[3]];
    if (moved) show();
  });
  addEventListener("pointerup", () => (from = null));
  svg.addEventListener("click", (event) => moved && event.preventDefault(), true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}

// -- the network: who is tied to whom, and window after window --------------------------------------------------------------------

const stage = document.querySelector("[data-network]");
if (stage) {
  const graph = stage.querySelector("[data-graph]");
  const lines = graph.querySelector(".lines");
  const nodes = all(".node", graph);
  const focus = (number) => {
    const near = new Set([number]);
    for (const tie of all(".tie", lines)) {
      const ends = [Number(tie.dataset.a), Number(tie.dataset.b)];
      const here = ends.includes(number);
      if (here) ends.forEach((end) => near.add(end));
      tie.classList.toggle("is-dim", !here);
    }
    nodes.forEach((node, n) => node.classList.toggle("is-dim", !near.has(n)));
    graph.classList.add("is-focused");
  };
  const blur = () => graph.classList.remove("is-focused");
  nodes.forEach((node, n) => {
    for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => focus(n));
    for (const name of ["pointerleave", "blur"]) node.addEventListener(name, blur);
  });

  const slider = stage.querySelector("[data-slider]");
  const output = stage.querySelector("[data-window]");
  const play = stage.querySelector("[data-play]");
  const base = new URL(stage.dataset.address, location.href);
  let view = null;
  let timer = null;

  const draw = (frame) => {
    const pieces = frame.lines.map((line) => {
      const [a, b] = [view.nodes[line.a], view.nodes[line.b]];
      const make = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
      const link = make("a");
      link.setAttribute("href", "/tie?" + new URLSearchParams({ a: a.id, b: b.id }));
      link.setAttribute("class", "tie");
      link.setAttribute("tabindex", "-1");
      Object.assign(link.dataset, { a: line.a, b: line.b });
      const title = make("title");
      const sign = { 1: "+", "-1": "−", 0: "±" }[line.sign];
      title.textContent = `${a.name} and ${b.name}: ${sign}${Math.abs(line.weight)} from ${line.reports} reports`;
      const shape = make("line");
      const values = { class: `line sign${line.sign}`, x1: a.x, y1: a.y, x2: b.x, y2: b.y, "stroke-width": line.width };
      for (const [key, value] of Object.entries(values)) shape.setAttribute(key, value);
      link.append(title, shape);
      return link;
    });
    lines.replaceChildren(...pieces);
    const there = new Set(frame.lines.flatMap((line) => [line.a, line.b]));
    nodes.forEach((node, n) => node.classList.toggle("is-absent", !there.has(n)));
  };
  const go = async (number) => {
    view ??= await (await fetch(stage.dataset.network)).json();
    const frame = number ? view.frames[number - 1] : view.whole;
    const name = number ? frame.name : "all of the time";
    output.textContent = number ? `${name} · ${frame.lines.length} ties` : name;
    slider.setAttribute("aria-valuetext", output.textContent);
    if (number) base.searchParams.set("window", frame.name);
    else base.searchParams.delete("window");
    history.replaceState(null, "", base);
    draw(frame);
  };
  slider.addEventListener("input", () => go(Number(slider.value)));
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶";
    play.setAttribute("aria-label", "Play the windows one after another");
  };
  play.addEventListener("click", () => {
    if (timer) return stop();
    play.textContent = "❚❚";
    play.setAttribute("aria-label", "Stop");
    const step = () => {
      const next = Number(slider.value) + 1;
      if (next > Number(slider.max)) return stop();
      slider.value = next;
      return go(next);
    };
    if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
    step();
    timer = setInterval(step, 1100);
  });
  const wanted = new URL(location.href).searchParams.get("window");
  if (wanted) {
    (async () => {
      view ??= await (await fetch(stage.dataset.network)).json();
      const number = view.frames.findIndex((frame) => frame.name === wanted) + 1;
      slider.value = number;
      if (number) await go(number);
    })();
  }
}

// -- the article: marks and notes light up together; j and k walk through them ----------------------------------------------------

const notes = all("[data-ref]");
if (notes.length) {
  const marks = all("[data-refs]");
  const light = (refs) => {
    marks.forEach((mark) => mark.classList.toggle("is-lit", mark.dataset.refs.split(" ").some((ref) => refs.includes(ref))));
    notes.forEach((note) => note.classList.toggle("is-lit", refs.includes(note.dataset.ref)));
  };
  notes.forEach((note) => {
    note.addEventListener("pointerenter", () => light([note.dataset.ref]));
    note.addEventListener("pointerleave", () => light([]));
  });
  marks.forEach((mark) =>
    mark.addEventListener("click", () => {
      const refs = mark.dataset.refs.split(" ");
      light(refs);
      notes.find((note) => refs.includes(note.dataset.ref))?.scrollIntoView({ block: "nearest" });
    }),
  );
  let at = -1;
  addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || !["j", "k"].includes(event.key)) return;
    at = Math.min(notes.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)));
    const ref = notes[at].dataset.ref;
    light([ref]);
    notes[at].scrollIntoView({ block: "nearest" });
    document.getElementById(ref)?.scrollIntoView({ block: "center" });
  });
}

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey) return;
  const box = document.querySelector('input[type="search"]');
  if (box) {
    event.preventDefault();
    box.focus();
  }
});
