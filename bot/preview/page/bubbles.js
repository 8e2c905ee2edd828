// One bubble: a message, or an album of several.

import { h, icon } from "./dom.js";
import { keyboard } from "./buttons.js";
import { gist } from "./people.js";
import { photoGrid } from "./photos.js";
import { placeCard } from "./place.js";
import { actorOf, state } from "./store.js";
import { richText } from "./text.js";
import { momentOf, timeOf } from "./when.js";

/**
 * The element of one bubble. `messages` are one message or the parts of an album; `actions` has
 * `reply(message)`, `edit(message)`, `command(text)` and `jump(messageId)`.
 */
export function bubble(chat, messages, actions) {
  const [first] = messages;
  const mine = first.from.id === actorOf(chat);
  const author = chat.type === "private" || mine ? null : h("span", { class: "author", dir: "auto" }, first.from.first_name);
  if (author) author.dataset.hue = Math.abs(first.from.id) % 8;
  const captioned = captionShown(messages);
  const text = captioned?.text ?? captioned?.caption;
  const body = h(
    "div", { class: "bubble" },
    author, origin(first), quoted(first, actions), ...media(messages),
    text ? h("div", { class: "text", dir: "auto" },
      richText(text, captioned.entities ?? captioned.caption_entities, actions.command)) : null,
    reaction(chat, first), stamp(messages.at(-1)),
  );
  if (messages.at(-1).edit_date) body.classList.add("edited");
  if (!text && (first.photo || first.sticker)) body.classList.add("bare");
  return h(
    "article", {
      class: `message ${mine ? "mine" : "theirs"}`, id: `message-${first.message_id}`,
      "aria-label": `${mine ? "You" : first.from.first_name}, ${timeOf(first.date)}`, onclick: pick,
    },
    h("div", { class: "line" }, body, tools(chat, first, mine, actions)),
    keyboard(chat, messages.at(-1)),
  );
}

/** Whose text stands under the media: as in Telegram, an album with several captions shows them large only. */
function captionShown(messages) {
  const captioned = messages.filter((message) => message.text || message.caption);
  return captioned.length === 1 ? captioned[0] : null;
}

/** On touch screens: the tools of the message that was tapped last are shown. */
function pick(event) {
  if (event.target.closest("a, button")) return;
  const before = document.querySelector(".picked");
  before?.classList.remove("picked");
  if (before !== event.currentTarget) event.currentTarget.classList.add("picked");
}

function origin(message) {
  const from = message.forward_origin?.sender_user?.first_name;
  return from ? h("span", { class: "origin", dir: "auto" }, `Forwarded from ${from}`) : null;
}

function quoted(message, actions) {
  const reply = message.reply_to_message;
  if (!reply) return null;
  return h(
    "button", { type: "button", class: "quoted", onclick: () => actions.jump(reply.message_id), "aria-label": `Reply to: ${gist(reply)}` },
    h("strong", { dir: "auto" }, reply.from.first_name), h("span", { dir: "auto" }, gist(reply)),
  );
}

function media(messages) {
  const [first] = messages;
  if (first.photo) return [photoGrid(messages)];
  if (first.venue) return [placeCard(first.venue.location, first.venue)];
  if (first.location) return [placeCard(first.location, null)];
  if (first.sticker) return [h("span", { class: "sticker", role: "img", "aria-label": "Sticker" }, first.sticker.emoji ?? "🙂")];
  if (first.voice) return [voice(first.voice)];
  return messages.filter((message) => message.document).map((message) => file(message.document));
}

function voice({ duration }) {
  const bars = Array.from({ length: 26 }, (_, index) => {
    const bar = h("i");
    bar.style.height = `${20 + 70 * Math.abs(Math.sin(index * 1.7) * Math.cos(index * 0.6))}%`;
    return bar;
  });
  return h("div", { class: "voice", role: "img", "aria-label": "Voice message" },
    icon("voice"), h("span", { class: "wave" }, ...bars), h("span", {}, `0:${String(duration).padStart(2, "0")}`));
}

function file(document) {
  const size = document.file_size < 1e6 ? `${Math.ceil(document.file_size / 1e3)} kB` : `${(document.file_size / 1e6).toFixed(1)} MB`;
  return h("a", { class: "file", href: `/media/${document.file_id}`, download: document.file_name },
    h("span", { class: "file-icon" }, icon("file")),
    h("span", { class: "file-name" }, h("strong", { dir: "auto" }, document.file_name), h("span", {}, size)));
}

function reaction(chat, message) {
  const emoji = state.reactions.get(`${chat.id}:${message.message_id}`);
  return emoji ? h("span", { class: "reaction" }, emoji) : null;
}

function stamp(message) {
  const edited = message.edit_date ? "edited " : "";
  return h("time", { class: "stamp", datetime: new Date(message.date * 1000).toISOString(), title: momentOf(message.date) },
    edited + timeOf(message.date));
}

function tools(chat, message, mine, actions) {
  const reply = h("button", { type: "button", class: "tool", "aria-label": "Reply", title: "Reply", onclick: () => actions.reply(message) }, icon("reply"));
  const edit = mine && message.text
    ? h("button", { type: "button", class: "tool", "aria-label": "Edit this message", title: "Edit", onclick: () => actions.edit(message) }, icon("edit"))
    : null;
  return h("div", { class: "tools" }, edit, reply);
}
