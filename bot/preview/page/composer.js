// Writing: the message field, editing and replying, commands, attachments.

import { post } from "./api.js";
import { $, h, icon } from "./dom.js";
import { toast } from "./notices.js";
import { gist } from "./people.js";
import { actorOf, changed, openChat, person, state } from "./store.js";
import { toEnd } from "./log.js";

let context = null; // { kind: "edit" | "reply", message }
let chosen = -1; // the command that is marked in the menu
const drafts = new Map(); // unsent texts by chat
let shownChat = null;
let justStarted = false; // Start was pressed, and the field that takes its place gets the keyboard

const field = () => $("composer");

const THINGS = [
  ["photo", "Photo", "image/*"], ["document", "File", ""], ["location", "Location"], ["voice", "Voice message"], ["sticker", "Sticker"],
];

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

/** Draws what depends on the open chat: Start, the writer of a group, the placeholder. */
export function drawComposer() {
  const chat = openChat();
  if (!chat) return;
  if (shownChat !== chat.id) {
    if (shownChat !== null) drafts.set(shownChat, field().value);
    shownChat = chat.id;
    setContext(null);
    write(drafts.get(chat.id) ?? "");
    closeMenus();
  }
  const fresh = chat.type === "private" && chat.messages.size === 0;
  $("start").hidden = !fresh;
  $("composer-form").hidden = fresh;
  if (!fresh && justStarted) {
    justStarted = false;
    field().focus();
  }
  $("command-button").hidden = !chat.commands.length;
  $("acting").hidden = chat.type === "private";
  if (chat.type !== "private") drawActors(chat);
}

function drawActors(chat) {
  const select = $("actor");
  const wanted = chat.members.map(person).filter(Boolean);
  if (select.dataset.members !== chat.members.join()) {
    select.replaceChildren(...wanted.map((one) => h("option", { value: one.id }, one.first_name)));
    select.dataset.members = chat.members.join();
  }
  select.value = actorOf(chat);
}

/** Starts to edit a message of one's own. */
export const startEdit = (message) => setContext({ kind: "edit", message });

/** Starts a reply. */
export const startReply = (message) => setContext({ kind: "reply", message });

function setContext(next) {
  const wasEditing = context?.kind === "edit";
  context = next;
  $("context").hidden = !next;
  if (next) {
    $("context-title").textContent = next.kind === "edit" ? "Edit message" : `Reply to ${next.message.from.first_name}`;
    $("context-quote").textContent = gist(next.message);
    if (next.kind === "edit") write(next.message.text);
    field().focus();
  } else if (wasEditing) {
    write("");
  }
}

function write(text) {
  field().value = text;
  grow();
}

function grow() {
  field().style.height = "auto";
  field().style.height = `${Math.min(field().scrollHeight, 160)}px`;
  $("send").classList.toggle("ready", field().value.trim() !== "");
}

async function submit() {
  const text = field().value.trim();
  if (!text) return;
  const { kind, message } = context ?? {};
  setContext(null);
  write("");
  closeMenus();
  if (kind !== "edit") {
    await say(text, message?.message_id);
    return;
  }
  if (text === message.text) return;
  const chat = openChat();
  try {
    await post("edit", { chat_id: chat.id, user_id: message.from.id, message_id: message.message_id, text });
  } catch (error) {
    toast(error.message);
  }
}

// Commands

function matchingCommands() {
  const match = /^\/(\S*)$/.exec(field().value);
  return match ? (openChat()?.commands ?? []).filter(({ command }) => command.startsWith(match[1].toLowerCase())) : [];
}

function drawCommands(commands) {
  $("commands").hidden = !commands.length;
  for (const element of [field(), $("command-button")]) element.setAttribute("aria-expanded", String(commands.length > 0));
  chosen = Math.min(chosen, commands.length - 1);
  $("commands").replaceChildren(...commands.map(({ command, description }, index) => h(
    "div", {
      role: "option", id: `command-${index}`, class: "option", "aria-selected": String(index === chosen),
      onmousedown: (event) => event.preventDefault(), onclick: () => choose(command),
    },
    h("b", {}, `/${command}`), h("span", { dir: "auto" }, description),
  )));
  if (chosen >= 0) field().setAttribute("aria-activedescendant", `command-${chosen}`);
  else field().removeAttribute("aria-activedescendant");
  $(`command-${chosen}`)?.scrollIntoView({ block: "nearest" });
}

function choose(command) {
  write("");
  closeMenus();
  const chat = openChat();
  say(chat.type === "private" ? `/${command}` : `/${command}@${state.bot.username}`);
  field().focus();
}

function closeMenus() {
  chosen = -1;
  drawCommands([]);
  $("attach-menu").hidden = true;
  $("attach").setAttribute("aria-expanded", "false");
}

// Attachments

function openAttachments() {
  closeMenus();
  $("attach-menu").replaceChildren(...THINGS.map(([what, label, accept]) => h(
    "button", { type: "button", role: "menuitem", class: "option", onclick: () => attach(what, accept) }, icon(what === "location" ? "place" : what === "document" ? "file" : what), label,
  )));
  $("attach-menu").hidden = false;
  $("attach").setAttribute("aria-expanded", "true");
  $("attach-menu").firstElementChild.focus();
}

function attach(what, accept) {
  closeMenus();
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

// Keys

function onKey(event) {
  const commands = $("commands").hidden ? [] : matchingCommands();
  if (event.isComposing) return;
  if (commands.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    chosen = (chosen + step + commands.length + (chosen < 0 && step < 0 ? 1 : 0)) % commands.length;
    drawCommands(commands);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (commands[chosen]) choose(commands[chosen].command);
    else submit();
  } else if (event.key === "Escape" && (commands.length || context)) {
    event.stopPropagation();
    if (commands.length) closeMenus();
    else setContext(null);
  } else if (event.key === "ArrowUp" && !field().value) {
    const chat = openChat();
    const own = [...chat.messages.values()].findLast((message) => message.from.id === actorOf(chat) && message.text);
    if (own) {
      event.preventDefault();
      startEdit(own);
    }
  }
}

function onMenuKey(event) {
  const items = [...$("attach-menu").children];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Escape") {
    event.stopPropagation();
    closeMenus();
    $("attach").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length].focus();
  } else if (event.key === "Tab") {
    closeMenus();
  }
}

/** Wires the composer. */
export function setUpComposer() {
  $("command-button").append(icon("slash"));
  $("attach").append(icon("attach"));
  $("send").append(icon("send"));
  $("context-close").append(icon("close"));
  $("start").onclick = () => {
    justStarted = true;
    say("/start");
  };
  $("composer-form").onsubmit = (event) => {
    event.preventDefault();
    submit();
    field().focus();
  };
  field().addEventListener("keydown", onKey);
  field().addEventListener("input", () => {
    grow();
    chosen = field().value.length > 1 ? 0 : -1;
    drawCommands(matchingCommands());
  });
  $("command-button").onclick = () => {
    const isOpen = !$("commands").hidden;
    closeMenus();
    write(isOpen ? "" : "/");
    if (!isOpen) drawCommands(matchingCommands());
    field().focus();
  };
  $("attach").onclick = () => ($("attach-menu").hidden ? openAttachments() : closeMenus());
  $("attach-menu").addEventListener("keydown", onMenuKey);
  $("context-close").onclick = () => {
    setContext(null);
    field().focus();
  };
  $("actor").onchange = () => {
    state.actors.set(state.chatId, Number($("actor").value));
    changed();
  };
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".menu, #attach, #command-button, #composer")) closeMenus();
  });
}
