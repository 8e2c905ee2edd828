// The message field, and sending what is in it.

import { post } from "./api.js";
import { $ } from "./dom.js";
import { toEnd } from "./log.js";
import { toast } from "./notices.js";
import { actorOf, openChat } from "./store.js";

const TALLEST = 160; // pixels; a longer text scrolls

/** The field itself. */
export const field = () => $("composer");

/** Puts a text into the field. */
export function write(text) {
  field().value = text;
  grow();
}

/** Fits the field to its text. */
export function grow() {
  field().style.height = "auto";
  field().style.height = `${Math.min(field().scrollHeight, TALLEST)}px`;
  $("send").classList.toggle("ready", field().value.trim() !== "");
}

/** Sends a text as the person who is played. The field gets it back when it cannot be sent. */
export async function say(text, replyTo = null) {
  const chat = openChat();
  if (!chat) return;
  toEnd();
  try {
    await post("say", { chat_id: chat.id, user_id: actorOf(chat), text, reply_to: replyTo });
  } catch (error) {
    toast(error.message);
    if (!field().value) write(text);
  }
}
