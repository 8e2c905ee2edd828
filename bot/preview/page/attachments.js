// Sending something else than text: a photo, a file, a place, a voice message, a sticker.

import { post } from "./api.js";
import { $, h, icon } from "./dom.js";
import { field, write } from "./field.js";
import { toEnd } from "./log.js";
import { toast } from "./notices.js";
import { actorOf, openChat } from "./store.js";

// What the server calls it, what people call it, its icon, and which files it takes (undefined: no file).
const THINGS = [
  ["photo", "Photo", "photo", "image/*"],
  ["document", "File", "file", ""],
  ["location", "Location", "place"],
  ["voice", "Voice message", "voice"],
  ["sticker", "Sticker", "sticker"],
];

/** Hides the menu. */
export function closeAttachments() {
  $("attach-menu").hidden = true;
  $("attach").setAttribute("aria-expanded", "false");
}

function open() {
  $("attach-menu").replaceChildren(...THINGS.map(([what, label, picture, accept]) => h(
    "button", { type: "button", role: "menuitem", class: "option", onclick: () => attach(what, accept) }, icon(picture), label,
  )));
  $("attach-menu").hidden = false;
  $("attach").setAttribute("aria-expanded", "true");
  $("attach-menu").firstElementChild.focus();
}

function attach(what, accept) {
  closeAttachments();
  if (accept === undefined) {
    send(what);
    field().focus();
    return;
  }
  $("file").accept = accept;
  $("file").value = "";
  $("file").onchange = () => send(what, $("file").files[0]);
  $("file").click();
}

async function send(what, file = null) {
  const chat = openChat();
  const caption = file ? field().value.trim() : "";
  try {
    await post("send", { chat_id: chat.id, user_id: actorOf(chat), what, caption }, file);
    if (caption) write("");
    toEnd();
  } catch (error) {
    toast(error.message);
  }
}

function onKey(event) {
  const items = [...$("attach-menu").children];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Escape") {
    event.stopPropagation();
    closeAttachments();
    $("attach").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length].focus();
  } else if (event.key === "Tab") {
    closeAttachments();
  }
}

/** Wires the button and its menu. */
export function setUpAttachments() {
  $("attach").append(icon("attach"));
  $("attach").onclick = () => ($("attach-menu").hidden ? open() : closeAttachments());
  $("attach-menu").addEventListener("keydown", onKey);
}
