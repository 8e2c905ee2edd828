// The messages of the open chat, kept in step with the state without drawing what did not change.

import { $, avatar, h, icon } from "./dom.js";
import { bubble } from "./bubbles.js";
import { gist } from "./people.js";
import { actorOf, languageName, openChat, person, state } from "./store.js";
import { richText } from "./text.js";
import { dayOf } from "./when.js";

let drawn = { chatId: null, parts: new Map() }; // key → [fingerprint, element]
let atEnd = true;

/** Draws the open chat: head, messages, and what stands below them. */
export function drawLog(actions) {
  const chat = openChat();
  document.body.classList.toggle("no-chat", !chat);
  if (!chat) return;
  drawHead(chat);
  const box = $("messages");
  if (drawn.chatId !== chat.id) {
    drawn = { chatId: chat.id, parts: new Map() };
    box.replaceChildren();
    atEnd = true;
  }
  const parts = new Map(partsOf(chat, actions).map(([key, fingerprint, make]) => {
    const known = drawn.parts.get(key);
    return [key, known?.[0] === fingerprint ? known : [fingerprint, make()]];
  }));
  const elements = [...parts.values()].map(([, element]) => element);
  for (const [key, [, element]] of drawn.parts) if (parts.get(key)?.[1] !== element) refocus(element, parts.get(key)?.[1]);
  elements.forEach((element, index) => {
    if (box.children[index] !== element) box.insertBefore(element, box.children[index] ?? null);
  });
  while (box.children.length > elements.length) box.lastElementChild.remove();
  drawn.parts = parts;
  if (atEnd) toEnd("instant");
}

/** Keeps the keyboard's place when an element is drawn anew, then takes the old one away. */
function refocus(old, fresh) {
  const key = old.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  if (fresh) old.replaceWith(fresh);
  else old.remove();
  if (key) fresh?.querySelector(`[data-key="${key}"]`)?.focus({ preventScroll: true });
}

/** [key, fingerprint, maker] of everything in the log, in order. */
function partsOf(chat, actions) {
  const messages = [...chat.messages.values()];
  if (!messages.length) return [["empty", JSON.stringify([chat.description, state.bot]), () => emptyState(chat)]];
  const parts = [];
  let day = "";
  for (const group of albums(messages)) {
    if (dayOf(group[0].date) !== day) {
      day = dayOf(group[0].date);
      const text = day;
      parts.push([`day-${group[0].message_id}`, text, () => h("p", { class: "day" }, h("span", {}, text))]);
    }
    const id = group[0].message_id;
    const waiting = [...state.presses.values()].filter((key) => key.startsWith(`${chat.id}:${group.at(-1).message_id}:`));
    const fingerprint = JSON.stringify([group, waiting, actorOf(chat), state.reactions.get(`${chat.id}:${id}`)]);
    parts.push([`message-${id}`, fingerprint, () => bubble(chat, group, actions)]);
  }
  if ((state.typing.get(chat.id) ?? 0) > Date.now()) parts.push(["typing", "", typingDots]);
  return parts;
}

function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

const typingDots = () => h(
  "div", { class: "message theirs", "aria-hidden": "true" },
  h("div", { class: "line" }, h("div", { class: "bubble dots" }, h("i"), h("i"), h("i"))),
);

function emptyState(chat) {
  const words = chat.description || "Ask anything. This is the same bot that answers in Telegram.";
  return h("div", { class: "empty" },
    h("img", { src: "/page/icon.svg", alt: "", width: "72", height: "72" }),
    h("h3", {}, state.bot.first_name),
    h("p", { dir: "auto" }, richText(words)),
    chat.type === "private" ? null : h("p", {}, `In a group the bot answers when it is mentioned (@${state.bot.username}), replied to, or asked by command.`));
}

function drawHead(chat) {
  const typing = (state.typing.get(chat.id) ?? 0) > Date.now();
  const actor = person(actorOf(chat));
  const isPrivate = chat.type === "private";
  $("chat-name").textContent = isPrivate ? state.bot.first_name : chat.title;
  const role = actor?.role === "participant" ? "" : ` · ${actor?.role}`;
  $("chat-status").textContent = typing
    ? "typing…"
    : isPrivate ? `You are ${actor?.first_name} · ${languageName(actor?.language_code)}${role}` : `${chat.members.length} people and the bot`;
  $("chat-status").classList.toggle("typing", typing);
  const picture = isPrivate ? h("img", { src: "/page/icon.svg", alt: "" }) : icon("group");
  $("chat-avatar").replaceChildren(picture);
  $("chat-avatar").className = isPrivate ? "avatar mark-avatar" : "avatar";
  $("chat-avatar").dataset.hue = Math.abs(chat.id) % 8;
  const pinned = chat.messages.get(chat.pinned.at(-1));
  $("pinned").hidden = !pinned;
  if (pinned) {
    $("pinned").replaceChildren(icon("pin"), h("span", { dir: "auto" }, gist(pinned)));
    $("pinned").onclick = () => jumpTo(pinned.message_id);
  }
}

/** Shows a message and makes it stand out for a moment. */
export function jumpTo(messageId) {
  const element = $(`message-${messageId}`);
  element?.scrollIntoView({ block: "center", behavior: "smooth" });
  element?.classList.add("found");
  setTimeout(() => element?.classList.remove("found"), 1500);
}

/** Scrolls to the newest message. */
export function toEnd(behavior = "smooth") {
  atEnd = true;
  $("log").scrollTo({ top: $("log").scrollHeight, behavior });
}

/** Notes whether the reader is at the end, so that new messages pull the view along only then. */
export function setUpLog() {
  const log = $("log");
  log.addEventListener("scroll", () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    $("to-end").hidden = atEnd;
  });
  $("to-end").onclick = () => toEnd();
  new ResizeObserver(() => atEnd && toEnd("instant")).observe($("messages"));
  new ResizeObserver(() => atEnd && toEnd("instant")).observe(log);
}
