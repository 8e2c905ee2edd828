// Text with Telegram's entities as elements. Offsets are UTF-16 units, as in JavaScript's strings.

import { h } from "./dom.js";

/** Text as a fragment. `onCommand` is called with a command that was pressed. */
export function richText(text, entities = [], onCommand = null) {
  const sorted = entities
    .map((entity) => ({ ...entity, end: entity.offset + entity.length }))
    .sort((a, b) => a.offset - b.offset || b.end - a.end);
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes(text, 0, text.length, sorted, onCommand));
  return fragment;
}

/** The nodes of text[start:end]; an entity that crosses another's end is cut there and goes on after it. */
function nodes(text, start, end, entities, onCommand) {
  const result = [];
  let position = start;
  let rest = entities;
  while (rest.length) {
    const [outer, ...others] = rest;
    const stop = Math.min(outer.end, end);
    if (outer.offset > position) result.push(text.slice(position, outer.offset));
    const inside = others.filter((entity) => entity.offset < stop);
    const crossing = inside.filter((entity) => entity.end > stop).map((entity) => ({ ...entity, offset: stop }));
    const children = nodes(text, outer.offset, stop, inside.map((e) => ({ ...e, end: Math.min(e.end, stop) })), onCommand);
    result.push(element(outer, text.slice(outer.offset, stop), children, onCommand));
    position = stop;
    rest = [...crossing, ...others.filter((entity) => entity.offset >= stop)];
  }
  if (position < end) result.push(text.slice(position, end));
  return withoutBlankLines(result);
}

/** A block stands on lines of its own already: the line break before and after it goes. */
function withoutBlankLines(parts) {
  const isBlock = (part) => part instanceof Element && /^(PRE|BLOCKQUOTE)$/.test(part.tagName);
  return parts.map((part, index) => {
    if (typeof part !== "string") return part;
    const after = isBlock(parts[index - 1]) ? part.replace(/^\n/, "") : part;
    return isBlock(parts[index + 1]) ? after.replace(/\n$/, "") : after;
  });
}

function element(entity, text, children, onCommand) {
  switch (entity.type) {
    case "bold":
      return h("strong", {}, ...children);
    case "italic":
      return h("em", {}, ...children);
    case "underline":
      return h("u", {}, ...children);
    case "strikethrough":
      return h("s", {}, ...children);
    case "code":
      return h("code", {}, ...children);
    case "pre":
      return h("pre", { tabindex: "0" }, h("code", {}, ...children));
    case "blockquote":
    case "expandable_blockquote":
      return h("blockquote", {}, ...children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return link(entity.url, children);
    case "url":
      return link(text, children);
    case "email":
      return h("a", { href: `mailto:${text}` }, ...children);
    case "phone_number":
      return h("a", { href: `tel:${text.replace(/[^+\d]/g, "")}` }, ...children);
    case "bot_command":
      return h("button", { type: "button", class: "text-link", onclick: () => onCommand?.(text) }, ...children);
    case "mention":
    case "hashtag":
    case "text_mention":
      return h("span", { class: "mention" }, ...children);
    default:
      return h("span", {}, ...children);
  }
}

function link(url, children) {
  const href = /^[a-z]+:/i.test(url) ? url : `https://${url}`;
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function spoiler(children) {
  const hidden = h("button", { type: "button", class: "spoiler", "aria-label": "Show the hidden text" });
  const text = h("span", {}, ...children);
  hidden.append(text);
  hidden.addEventListener("click", () => {
    hidden.classList.add("shown");
    hidden.removeAttribute("aria-label");
  }, { once: true });
  return hidden;
}
