// Building elements, and the page's line icons.

const ICONS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-6 16-3-7z",
  attach: "M18 11l-7 7a4 4 0 01-6-6l8-8a3 3 0 014 4l-8 8a1 1 0 01-2-2l7-7",
  slash: "M8 19l8-14M4 4h16v16H4z",
  down: "M6 10l6 6 6-6",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  reply: "M10 6l-6 6 6 6M4 12h9a6 6 0 016 6",
  reset: "M5 12a7 7 0 107-7H7M10 2L7 5l3 3",
  check: "M5 13l4 4L19 7",
  photo: "M4 6h16v12H4zM4 16l5-5 4 4 3-3 4 4",
  file: "M7 3h7l4 4v14H7zM14 3v5h4",
  place: "M12 21s7-6 7-11a7 7 0 00-14 0c0 5 7 11 7 11zM12 12.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
  voice: "M12 15a3 3 0 003-3V6a3 3 0 00-6 0v6a3 3 0 003 3zM6 11a6 6 0 0012 0M12 17v4",
  sticker: "M4 5h16v9l-6 6H4zM20 14h-6v6M9 10h0M15 10h0",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  link: "M8 16L18 6M10 6h8v8",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  group: "M8 11a3 3 0 100-6 3 3 0 000 6zM2 20a6 6 0 0112 0M16 11a3 3 0 000-6M17 14a6 6 0 015 6",
};

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A line icon, hidden from screen readers: its button carries the label. */
export function icon(name) {
  return svg(
    "svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );
}

/** An HTML element. `on…` are listeners, `class` and attributes by name, null children are left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** The element with an id. */
export const $ = (id) => document.getElementById(id);

/** A round picture of somebody: initials on a colour that belongs to the id. */
export function avatar(name, id) {
  const letters = name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("");
  const element = h("span", { class: "avatar", "aria-hidden": "true" }, letters.toUpperCase());
  element.dataset.hue = Math.abs(id) % 8;
  return element;
}

/** Opens a dialog; its close buttons work, and a press beside it closes it too. */
export function openDialog(dialog) {
  dialog.onclick = (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  };
  dialog.showModal();
}
