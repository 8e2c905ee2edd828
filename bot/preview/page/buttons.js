// Inline buttons under a message: they wait for the bot's answer, open links, copy text.

import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { actorOf, changed, state } from "./store.js";
import { toast } from "./notices.js";

const PATIENCE = 20000; // milliseconds after which a button stops waiting

/** The keyboard of a message, or null. */
export function keyboard(chat, message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div", { class: "keyboard" }, ...rows.map((row, y) => h(
    "div", { class: "keyboard-row" }, ...row.map((button, x) => one(chat, message, button, `${chat.id}:${message.message_id}:${y}:${x}`)),
  )));
}

function one(chat, message, button, key) {
  if (button.url) {
    return h("a", { class: "key", href: button.url, target: "_blank", rel: "noopener noreferrer", dir: "auto" },
      h("span", {}, button.text), icon("link"));
  }
  const waits = [...state.presses.values()].includes(key);
  const act = button.copy_text ? () => copy(button.copy_text.text) : () => press(chat, message, button, key);
  return h("button", {
    type: "button", class: "key", dir: "auto", onclick: act, "data-key": key,
    "aria-busy": waits ? "true" : null, "data-style": button.style ?? null,
  }, h("span", {}, button.text), button.copy_text ? icon("copy") : null);
}

async function press(chat, message, button, key) {
  if (!button.callback_data) {
    toast("This kind of button works in Telegram only.");
    return;
  }
  if ([...state.presses.values()].includes(key)) return;
  const waiting = Symbol(key);
  state.presses.set(waiting, key);
  changed();
  try {
    const { press_id: id } = await post("press", {
      chat_id: chat.id, user_id: actorOf(chat), message_id: message.message_id, data: button.callback_data,
    });
    if (!answered.delete(id)) state.presses.set(id, key);
    setTimeout(() => giveUp(id), PATIENCE);
  } catch (error) {
    toast(error.message);
  }
  state.presses.delete(waiting);
  changed();
}

const answered = new Set(); // answers that came before the press itself returned

/** Notes an answer, so that a press whose request has not returned yet does not wait for it. */
export function noteAnswer(id) {
  if (!state.presses.has(id)) answered.add(id);
}

function giveUp(id) {
  answered.delete(id);
  if (state.presses.delete(id)) {
    toast("The bot has not answered this button.");
    changed();
  }
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied");
}
