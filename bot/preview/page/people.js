// The list of chats: everybody who can be played, and the groups.

import { $, avatar, h, icon } from "./dom.js";
import { languageName, openChat, person, state } from "./store.js";
import { dayOf, shortDayOf, timeOf } from "./when.js";

const ROLES = { participant: "Participants", organizer: "Organizers", admin: "Admins", group: "Groups" };

/** Draws the list; a row that did not change stays, so that a press on it is never lost. */
export function drawPeople() {
  const nav = $("chats");
  const chats = [...state.chats.values()];
  const structure = chats.map((chat) => `${chat.id}${roleOf(chat)}`).join();
  if (nav.dataset.structure !== structure) {
    nav.dataset.structure = structure;
    nav.replaceChildren(...Object.entries(ROLES).flatMap(([role, heading]) => section(heading, chats.filter((chat) => roleOf(chat) === role))));
    return;
  }
  for (const old of nav.querySelectorAll(".chat-row")) {
    const fresh = row(state.chats.get(Number(old.dataset.chat)));
    if (fresh.outerHTML === old.outerHTML) continue;
    const focused = old === document.activeElement;
    old.replaceWith(fresh);
    if (focused) fresh.focus();
  }
}

const section = (heading, chats) =>
  chats.length ? [h("h2", {}, heading), h("ul", {}, ...chats.map((chat) => h("li", {}, row(chat))))] : [];

const roleOf = (chat) => (chat.type === "private" ? person(chat.id)?.role ?? "participant" : "group");

function row(chat) {
  const name = chat.title ?? chat.first_name;
  const last = [...chat.messages.values()].at(-1);
  const unread = state.unread.get(chat.id) ?? 0;
  const picture = avatar(name, chat.id);
  if (chat.type !== "private") picture.replaceChildren(icon("group"));
  const isOpen = chat === openChat();
  return h(
    "a", { class: "chat-row", href: `#${chat.id}`, "data-chat": chat.id, "aria-current": isOpen ? "true" : null },
    picture,
    h("span", { class: "row-name", dir: "auto" }, name),
    h("span", { class: "row-time" }, last ? shortMoment(last.date) : ""),
    h("span", { class: "row-preview", dir: "auto" }, typing(chat) ? h("i", {}, "typing…") : preview(chat, last)),
    unread ? h("span", { class: "row-unread", "aria-label": `${unread} unread` }, String(unread)) : null,
  );
}

const typing = (chat) => (state.typing.get(chat.id) ?? 0) > Date.now();

function shortMoment(seconds) {
  const today = dayOf((Date.now() + state.clock.offset) / 1000) === dayOf(seconds);
  return today ? timeOf(seconds) : shortDayOf(seconds);
}

function preview(chat, message) {
  if (!message) {
    return chat.type === "private" ? languageName(person(chat.id)?.language_code) : `${chat.members.length} people and the bot`;
  }
  const who = chat.type !== "private" && message.from.id !== state.bot.id ? `${message.from.first_name}: ` : "";
  return who + gist(message);
}

/** A message in one line. */
export function gist(message) {
  if (message.text) return message.text.replace(/\s+/g, " ").slice(0, 90);
  const kind = {
    photo: "Photo", venue: "Place", location: "Location", voice: "Voice message", sticker: "Sticker", document: "File",
  };
  const found = Object.keys(kind).find((name) => name in message);
  const caption = message.caption ? ` · ${message.caption}` : "";
  return (message.venue?.title ?? message.document?.file_name ?? kind[found] ?? "Message") + caption;
}
